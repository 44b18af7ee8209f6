/* Finds many literals at once in bytes, each with or without regard to ASCII case.
 *
 * Plain C because the loop lives on unaligned loads and SIMD; the caller is Sources/Scanner/Candidates/Prefilter.swift. */
#ifndef WINDSOCK_LITERAL_SEARCH_H
#define WINDSOCK_LITERAL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backwards.h"
#include "byte_runs.h"
#include "caseless.h"
#include "fingerprint.h"

typedef struct windsock_literals windsock_literals;

typedef struct {
    size_t offset;    /* of the literal's first byte */
    uint32_t literal; /* its number in the order of windsock_literals_create */
} windsock_hit;

/* Ways to do the same work; all report the same hits in the same order. */
typedef enum {
    WINDSOCK_PORTABLE, /* every processor */
    WINDSOCK_SSE2,     /* every x86-64 */
    WINDSOCK_AVX2,     /* x86-64 of 2013 and later */
    WINDSOCK_NEON,     /* every 64-bit ARM */
    WINDSOCK_IMPLEMENTATION_COUNT
} windsock_implementation;

/* Prepares a search for literals that stand one behind the other. They must be 3 to 255 bytes long; the case of the
 * exact ones counts. NULL: a literal of another length, or no memory. */
windsock_literals *windsock_literals_create(const uint8_t *literals, const size_t *lengths, const bool *is_exact,
                                            size_t count);
void windsock_literals_destroy(windsock_literals *set);

/* For tests and benchmarks: the fastest is chosen without it. False, and nothing changes, if this processor cannot. */
bool windsock_literals_set_implementation(windsock_literals *set, windsock_implementation implementation);
windsock_implementation windsock_literals_implementation(const windsock_literals *set);

/* Reports hits, almost sorted by offset: the order is that of three bytes somewhere within each literal.
 * Resumes from *position, 0 at first, and leaves there where to go on; returns the number of hits written, at most
 * `capacity`. The search is over when *position == length. `capacity` must be no less than the number of literals.
 * Each call that stops early has looked at a few kilobytes for nothing, so room for a thousand hits is wise. */
size_t windsock_literals_find(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                              windsock_hit *hits, size_t capacity);

#endif
