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

/* A part of a text to look for runs in, as such a run has it, and where in it to go on. */
typedef struct {
    size_t part;   /* its number */
    size_t offset; /* behind its start */
} windsock_runs_place;

/* Reports the maximal runs of at least `minimum` bytes, 1 to 64, in parts of a text: in order, what is around a part does
 * not count. Resumes from *place, zeros at first, and leaves there where to go on; the search is over when
 * place->part == part_count. Returns the number of runs written. `length`: how many bytes at `text` may be read. */
size_t windsock_byte_runs(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                          const windsock_run *parts, size_t part_count, windsock_runs_place *place, windsock_run *runs,
                          size_t capacity);

/* Does what windsock_byte_runs does, without instructions that some processors lack. */
size_t windsock_byte_runs_portable(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                                   const windsock_run *parts, size_t part_count, windsock_runs_place *place,
                                   windsock_run *runs, size_t capacity);

#endif
