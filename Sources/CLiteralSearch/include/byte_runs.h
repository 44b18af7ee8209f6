/* Finds long runs of bytes of one kind: the only places where a key or something encoded can stand. */
#ifndef WINDSOCK_BYTE_RUNS_H
#define WINDSOCK_BYTE_RUNS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    WINDSOCK_TOKEN_BYTES,        /* A-Z a-z 0-9 + / = _ . ~ : - */
    WINDSOCK_ALPHANUMERIC_BYTES, /* A-Z a-z 0-9 */
    WINDSOCK_BASE64_BYTES,       /* A-Z a-z 0-9 + / _ - */
    WINDSOCK_HEX_BYTES,          /* A-F a-f 0-9 */
} windsock_byte_kind;

typedef struct {
    size_t start;
    size_t end; /* exclusive */
} windsock_run;

/* Reports the maximal runs of at least `minimum` bytes, 1 to 64, in order. Resumes from *position, 0 at first, and leaves
 * there where to go on; the search is over when *position == length. Returns the number of runs written.
 * `readable`: how many bytes at `text` may be read, no less than `length`; what is behind the length does not count. */
size_t windsock_byte_runs(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t readable, size_t minimum,
                          size_t *position, windsock_run *runs, size_t capacity);

/* The same without instructions that some processors lack. */
size_t windsock_byte_runs_portable(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t readable,
                                   size_t minimum, size_t *position, windsock_run *runs, size_t capacity);

#endif
