/* Finds long runs of token characters: the only places where a key of letters and digits can stand. */
#ifndef WINDSOCK_TOKEN_RUNS_H
#define WINDSOCK_TOKEN_RUNS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t start;
    size_t end;          /* exclusive */
    size_t alphanumeric; /* length of the longest stretch of letters and digits alone */
} windsock_run;

/* Reports maximal runs of [A-Za-z0-9+/=_.~:-] of at least `minimum` bytes, in order. Resumes from *position and leaves
 * there where to go on; the search is over when *position == length. Returns the number of runs written. */
size_t windsock_token_runs(const uint8_t *text, size_t length, size_t minimum, size_t *position, windsock_run *runs,
                           size_t capacity);

#endif
