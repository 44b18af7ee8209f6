/* Bytes are classified 64 at a time into the bits of a word, and runs are found in the words: `bits & bits >> 1` has
 * the places where two stand, that and itself by two farther on those where four do, and so on. Looking backwards from
 * where a run of the minimum would end, byte by byte, skips most of a text but mispredicts a jump at each place it looks
 * at: on source text this is four times as fast, without instructions that some processor lacks. */
#include "byte_runs.h"

#include <stdbool.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

#define INLINE static inline __attribute__((always_inline))

#if defined(__SSE2__)

INLINE __m128i in_range(__m128i bytes, uint8_t first, uint8_t last) {
    __m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8((char)first));
    return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8((char)(last - first))), offset);
}

INLINE __m128i equal(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

INLINE __m128i letters_to(__m128i bytes, uint8_t last) {
    return in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', last);
}

INLINE __m128i either(__m128i a, __m128i b) { return _mm_or_si128(a, b); }

INLINE __m128i classified(windsock_byte_kind kind, __m128i bytes) {
    switch (kind) {
    case WINDSOCK_HEX_BYTES: return either(letters_to(bytes, 'f'), in_range(bytes, '0', '9'));
    case WINDSOCK_ALPHANUMERIC_BYTES: return either(letters_to(bytes, 'z'), in_range(bytes, '0', '9'));
    case WINDSOCK_BASE64_BYTES:
        return either(either(either(letters_to(bytes, 'z'), in_range(bytes, '/', '9')), equal(bytes, '_')),
                      either(equal(bytes, '+'), equal(bytes, '-')));
    case WINDSOCK_TOKEN_BYTES:
    default: /* from - to : are - . / 0-9 : */
        return either(either(either(letters_to(bytes, 'z'), in_range(bytes, '-', ':')), equal(bytes, '_')),
                      either(either(equal(bytes, '+'), equal(bytes, '=')), equal(bytes, '~')));
    }
}

INLINE uint64_t bits_of_block(windsock_byte_kind kind, const uint8_t *text) {
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i members = classified(kind, _mm_loadu_si128((const __m128i *)(text + i)));
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(members) << i;
    }
    return bits;
}

#else

INLINE bool is_member(windsock_byte_kind kind, uint8_t byte) {
    uint8_t lower = byte | 0x20;
    bool is_digit = byte >= '0' && byte <= '9', is_letter = lower >= 'a' && lower <= 'z';
    switch (kind) {
    case WINDSOCK_HEX_BYTES: return is_digit || (lower >= 'a' && lower <= 'f');
    case WINDSOCK_ALPHANUMERIC_BYTES: return is_digit || is_letter;
    case WINDSOCK_BASE64_BYTES:
        return is_digit || is_letter || byte == '+' || byte == '/' || byte == '_' || byte == '-';
    case WINDSOCK_TOKEN_BYTES:
    default:
        return is_letter || (byte >= '-' && byte <= ':') || byte == '+' || byte == '=' || byte == '_' || byte == '~';
    }
}

INLINE uint64_t bits_of_block(windsock_byte_kind kind, const uint8_t *text) {
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i++) bits |= (uint64_t)is_member(kind, text[i]) << i;
    return bits;
}

#endif

/* A bit for each of 64 bytes; behind the end there are none. */
INLINE uint64_t bits_at(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t offset) {
    if (offset >= length) return 0;
    size_t left = length - offset;
    if (left >= BLOCK) return bits_of_block(kind, text + offset);
    uint8_t last[BLOCK] = {0};
    memcpy(last, text + offset, left);
    return bits_of_block(kind, last);
}

/* Bits of the first 64 places where so many stand in a row. */
INLINE uint64_t places_of_runs(uint64_t here, uint64_t next, size_t minimum) {
    unsigned __int128 bits = (unsigned __int128)next << BLOCK | here;
    for (size_t known = 1; known < minimum;) {
        size_t step = known < minimum - known ? known : minimum - known;
        bits &= bits >> step;
        known += step;
    }
    return (uint64_t)bits;
}

INLINE size_t trailing_ones(uint64_t bits) { return ~bits == 0 ? BLOCK : (size_t)__builtin_ctzll(~bits); }

/* Where the run ends that holds the byte before `offset`. */
INLINE size_t end_of_run(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t offset) {
    for (;; offset += BLOCK) {
        size_t ones = trailing_ones(bits_at(kind, text, length, offset));
        if (ones < BLOCK) return offset + ones;
    }
}

INLINE size_t find_runs(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                        size_t *position, windsock_run *runs, size_t capacity) {
    size_t found = 0;
    size_t block = *position; /* no run begins before it that was not reported */
    uint64_t here = bits_at(kind, text, length, block);
    while (found < capacity && block < length) {
        uint64_t next = bits_at(kind, text, length, block + BLOCK);
        uint64_t places = places_of_runs(here, next, minimum);
        while (found < capacity && places != 0) {
            size_t start = (size_t)__builtin_ctzll(places);
            size_t ones = trailing_ones(here >> start | (start ? next << (BLOCK - start) : 0));
            size_t end = ones < BLOCK ? block + start + ones
                                      : end_of_run(kind, text, length, block + start + BLOCK);
            runs[found++] = (windsock_run){block + start, end};
            *position = end;
            if (end - block >= BLOCK) break;
            here &= ~0ull << (end - block);
            places &= ~0ull << (end - block);
        }
        if (places != 0) { /* the last run goes on, or there is no more room */
            block = *position;
            here = bits_at(kind, text, length, block);
        } else {
            block += BLOCK;
            here = next;
        }
    }
    *position = block < length ? block : length;
    return found;
}

size_t windsock_byte_runs(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                          size_t *position, windsock_run *runs, size_t capacity) {
    switch (kind) {
    case WINDSOCK_HEX_BYTES: return find_runs(WINDSOCK_HEX_BYTES, text, length, minimum, position, runs, capacity);
    case WINDSOCK_BASE64_BYTES:
        return find_runs(WINDSOCK_BASE64_BYTES, text, length, minimum, position, runs, capacity);
    case WINDSOCK_ALPHANUMERIC_BYTES:
        return find_runs(WINDSOCK_ALPHANUMERIC_BYTES, text, length, minimum, position, runs, capacity);
    case WINDSOCK_TOKEN_BYTES:
    default: return find_runs(WINDSOCK_TOKEN_BYTES, text, length, minimum, position, runs, capacity);
    }
}

INLINE size_t longest_run(windsock_byte_kind kind, const uint8_t *text, size_t length) {
    size_t longest = 0, current = 0; /* the run that reaches up to the block */
    for (size_t block = 0; block < length; block += BLOCK) {
        uint64_t bits = bits_at(kind, text, length, block);
        size_t place = 0;
        while (place < BLOCK) {
            uint64_t rest = bits >> place;
            /* Zeros that were shifted in end the block, not a run. */
            size_t ones = trailing_ones(rest);
            if (ones > BLOCK - place) ones = BLOCK - place;
            current += ones;
            place += ones;
            if (current > longest) longest = current;
            if (place == BLOCK) break;
            current = 0;
            rest = bits >> place;
            if (rest == 0) break;
            place += (size_t)__builtin_ctzll(rest);
        }
    }
    return longest;
}

size_t windsock_longest_byte_run(windsock_byte_kind kind, const uint8_t *text, size_t length) {
    switch (kind) {
    case WINDSOCK_HEX_BYTES: return longest_run(WINDSOCK_HEX_BYTES, text, length);
    case WINDSOCK_BASE64_BYTES: return longest_run(WINDSOCK_BASE64_BYTES, text, length);
    case WINDSOCK_ALPHANUMERIC_BYTES: return longest_run(WINDSOCK_ALPHANUMERIC_BYTES, text, length);
    case WINDSOCK_TOKEN_BYTES:
    default: return longest_run(WINDSOCK_TOKEN_BYTES, text, length);
    }
}
