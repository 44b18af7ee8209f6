/* Finds many literals at once in bytes, ASCII case ignored.
 *
 * Plain C because the loop lives on unaligned loads and SIMD; the caller is Sources/Scanner/Prefilter.swift. */
#ifndef WINDSOCK_LITERAL_SEARCH_H
#define WINDSOCK_LITERAL_SEARCH_H

#include <stddef.h>
#include <stdint.h>

typedef struct windsock_literals windsock_literals;

typedef struct {
    size_t offset;    /* of the literal's first byte */
    uint32_t literal; /* its number in the order of windsock_literals_create */
} windsock_hit;

/* Prepares a search. Literals must be 3 to 255 bytes long. NULL: a literal of another length, or no memory. */
windsock_literals *windsock_literals_create(const uint8_t *const *literals, const size_t *lengths, size_t count);
void windsock_literals_destroy(windsock_literals *set);

/* Reports hits, sorted by the place of the literals' rarest three bytes (so within 255 bytes by offset).
 * Resumes from *position and leaves there where to go on; returns the number of hits written, at most `capacity`.
 * The search is over when *position == length. `capacity` must be no less than the number of literals. */
size_t windsock_literals_find(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                              windsock_hit *hits, size_t capacity);

#endif
