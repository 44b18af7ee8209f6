/* The first stage of a search: which even offsets have a trigram that is in the bitmap? The one part that is written
 * once for each kind of processor. */
#ifndef WINDSOCK_BITMAP_FILTER_H
#define WINDSOCK_BITMAP_FILTER_H

#include "literal_set.h"

/* A word of the result tells of 64 even offsets. */
enum { BYTES_IN_WORD = 128, PAIRS_IN_WORD = 64 };

/* Sets pairs[i] to the pair at 2i and bit i of the result where bytes 2i, 2i + 1 and 2i + 2 are a trigram of the set.
 * Reads word_count * BYTES_IN_WORD + 2 bytes. The pair behind the last word stands in `pairs` already. */
typedef void bitmap_filter(const windsock_literals *set, const uint8_t *bytes, size_t word_count, uint16_t *pairs,
                           uint64_t *result);

bitmap_filter filter_portable;
#if defined(__x86_64__)
bitmap_filter filter_sse2, filter_avx2;
#elif defined(__aarch64__)
bitmap_filter filter_neon;
#endif

static inline uint16_t pair_at(const uint8_t *bytes) {
    return (uint16_t)(class_of(bytes[0]) | class_of(bytes[1]) << 6);
}

#endif
