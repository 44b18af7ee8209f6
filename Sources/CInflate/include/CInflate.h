/* Inflates zlib streams of known size (RFC 1950, RFC 1951), many small ones above all.
 *
 * A pack is mostly streams of a few hundred bytes, each with codes of its own: making the tables of the codes takes
 * longer than what is read with them. Here only the symbols that a code has are looked at, tables are as small as the
 * codes, and the tables of the fixed codes are made once.
 *
 * It judges nothing. What it does not like (damage, but also rare shapes as a code with a single symbol) it leaves to
 * a library that knows them all. */
#ifndef WINDSOCK_CINFLATE_H
#define WINDSOCK_CINFLATE_H

#include <stddef.h>
#include <stdint.h>

/* Tables; for one thread at a time. */
struct windsock_inflater;

/* Returns null if there is no memory. */
struct windsock_inflater *windsock_inflater_create(void);
void windsock_inflater_free(struct windsock_inflater *inflater);

enum {
    /* How many bytes behind the input may be read. */
    WINDSOCK_INFLATE_INPUT_SLACK = 64,
    /* How many bytes behind the output may be written. */
    WINDSOCK_INFLATE_OUTPUT_SLACK = 320
};

/* Inflates one stream to exactly `size` bytes. Its last 4 bytes, the checksum, are for the caller to compare.
 *
 * Returns the length of the stream, at most `count`; 0 if another has to look at it. The output is spoilt then. */
size_t windsock_inflate(
    struct windsock_inflater *inflater, const uint8_t *input, size_t count, uint8_t *output, size_t size);

/* Brings the beginning of a stream into the processor's caches, if it is in memory. */
static inline void windsock_prefetch(const void *place) {
    __builtin_prefetch(place);
    __builtin_prefetch((const char *)place + 64);
    __builtin_prefetch((const char *)place + 128);
    __builtin_prefetch((const char *)place + 192);
}

#endif
