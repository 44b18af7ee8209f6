/* Most of a text has no long run in it: where no five successive groups of four bytes are all of the kind, none of 23
 * is. (Two groups of eight say that of 23 bytes, too, but names of 16 to 19 are a good deal more frequent.) What is left is classified 64 bytes at a time into the bits of a word, and runs are found in the words:
 * `bits & bits >> 1` has the places where two stand, that and itself by two farther on those where four do, and so on.
 * Looking backwards from where a run of the minimum would end, byte by byte, skips most of a text but mispredicts a jump
 * at each place it looks at: on source text this is four times as fast. AVX2 takes a quarter to a third off that; most of
 * the rest goes into the runs that are found. Many texts are short ones, runs of another kind: their end is copied only
 * where nothing may be read behind it, which would take as long as all else. */
#include "byte_runs.h"

#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { BLOCK = 64 };

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)

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

static inline uint64_t bits_sse2(windsock_byte_kind kind, const uint8_t *text) {
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i members = classified(kind, _mm_loadu_si128((const __m128i *)(text + i)));
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(members) << i;
    }
    return bits;
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

/* A byte is a member if its upper four bits and its lower four have a bit in common. Digits: 1, letters from A or a: 2,
 * from P or p: 4; signs: 8 for 2x, 16 for 3x, 32 for 5x, 64 for 7x. The lookups give nothing for what is not ASCII. */
enum { DIGIT = 1, FIRST_LETTER = 2, SECOND_LETTER = 4, SIGN_2 = 8, SIGN_3 = 16, SIGN_5 = 32, SIGN_7 = 64 };

AVX2 static inline __m256i classified_avx2(windsock_byte_kind kind, __m256i bytes) {
    enum { ALL = DIGIT | FIRST_LETTER | SECOND_LETTER, NO_DIGIT = FIRST_LETTER | SECOND_LETTER };
    __m128i upper = _mm_setr_epi8(0, 0, SIGN_2, DIGIT | SIGN_3, FIRST_LETTER, SECOND_LETTER | SIGN_5, FIRST_LETTER,
                                  SECOND_LETTER | SIGN_7, 0, 0, 0, 0, 0, 0, 0, 0);
    __m128i lower;
    switch (kind) {
    case WINDSOCK_HEX_BYTES:
        lower = _mm_setr_epi8(DIGIT, DIGIT | FIRST_LETTER, DIGIT | FIRST_LETTER, DIGIT | FIRST_LETTER,
                              DIGIT | FIRST_LETTER, DIGIT | FIRST_LETTER, DIGIT | FIRST_LETTER, DIGIT, DIGIT, DIGIT, 0,
                              0, 0, 0, 0, 0);
        break;
    case WINDSOCK_ALPHANUMERIC_BYTES:
        lower = _mm_setr_epi8(DIGIT | SECOND_LETTER, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO_DIGIT,
                              FIRST_LETTER, FIRST_LETTER, FIRST_LETTER, FIRST_LETTER, FIRST_LETTER);
        break;
    case WINDSOCK_BASE64_BYTES: /* + - / and _ */
        lower = _mm_setr_epi8(DIGIT | SECOND_LETTER, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO_DIGIT,
                              FIRST_LETTER | SIGN_2, FIRST_LETTER, FIRST_LETTER | SIGN_2, FIRST_LETTER,
                              FIRST_LETTER | SIGN_2 | SIGN_5);
        break;
    case WINDSOCK_TOKEN_BYTES: /* + - . / : = _ and ~ */
    default:
        lower = _mm_setr_epi8(DIGIT | SECOND_LETTER, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO_DIGIT | SIGN_3,
                              FIRST_LETTER | SIGN_2, FIRST_LETTER, FIRST_LETTER | SIGN_2 | SIGN_3,
                              FIRST_LETTER | SIGN_2 | SIGN_7, FIRST_LETTER | SIGN_2 | SIGN_5);
    }
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
    __m256i common = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(lower), bytes),
                                      _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(upper), high));
    return _mm256_cmpgt_epi8(common, _mm256_setzero_si256());
}

AVX2 static inline uint64_t bits_avx2(windsock_byte_kind kind, const uint8_t *text) {
    uint32_t low = (uint32_t)_mm256_movemask_epi8(classified_avx2(kind, _mm256_loadu_si256((const __m256i *)text)));
    __m256i second = _mm256_loadu_si256((const __m256i *)(text + 32));
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(classified_avx2(kind, second)) << 32 | low;
}

AVX2 static inline unsigned groups_avx2(windsock_byte_kind kind, const uint8_t *text) {
    __m256i all = _mm256_set1_epi8(-1);
    __m256i low = classified_avx2(kind, _mm256_loadu_si256((const __m256i *)text));
    __m256i high = classified_avx2(kind, _mm256_loadu_si256((const __m256i *)(text + 32)));
    unsigned low_groups = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(low, all)));
    unsigned high_groups = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(high, all)));
    return high_groups << 8 | low_groups;
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

static inline uint64_t bits_portable(windsock_byte_kind kind, const uint8_t *text) {
    uint64_t bits = 0;
    for (int i = 0; i < BLOCK; i++) bits |= (uint64_t)is_member(kind, text[i]) << i;
    return bits;
}

#endif

/* A bit for each of 64 bytes. */
typedef uint64_t bits_of_block(windsock_byte_kind kind, const uint8_t *text);

/* A bit for each four of 64 bytes that are all of the kind. */
typedef unsigned groups_of_block(windsock_byte_kind kind, const uint8_t *text);

#if defined(__x86_64__)
static inline unsigned groups_sse2(windsock_byte_kind kind, const uint8_t *text) {
    unsigned groups = 0;
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i members = classified(kind, _mm_loadu_si128((const __m128i *)(text + i)));
        __m128i whole = _mm_cmpeq_epi32(members, _mm_set1_epi8(-1));
        groups |= (unsigned)_mm_movemask_ps(_mm_castsi128_ps(whole)) << i / 4;
    }
    return groups;
}
#else
static inline unsigned groups_portable(windsock_byte_kind kind, const uint8_t *text) {
    uint64_t bits = bits_portable(kind, text);
    for (int step = 1; step < 4; step *= 2) bits &= bits >> step;
    /* The first bit of each four, gathered. */
    bits &= 0x1111111111111111;
    bits = (bits | bits >> 3) & 0x0303030303030303;
    bits = (bits | bits >> 6) & 0x000f000f000f000f;
    bits = (bits | bits >> 12) & 0x000000ff000000ff;
    return (unsigned)((bits | bits >> 24) & 0xffff);
}
#endif

/* A part of what is searched. */
typedef struct {
    windsock_byte_kind kind;
    bits_of_block *bits;
    groups_of_block *groups;
    const uint8_t *text;
    size_t length;
    size_t readable; /* what is behind the length does not count */
} part;

/* A bit for each of 64 bytes; behind the end there are none. */
INLINE uint64_t bits_at(part in, size_t offset) {
    if (offset >= in.length) return 0;
    size_t left = in.length - offset;
    if (left >= BLOCK) return in.bits(in.kind, in.text + offset);
    if (in.readable - offset >= BLOCK) return in.bits(in.kind, in.text + offset) & ((1ull << left) - 1);
    uint8_t last[BLOCK] = {0};
    memcpy(last, in.text + offset, left);
    return in.bits(in.kind, last);
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
INLINE size_t end_of_run(part in, size_t offset) {
    for (;; offset += BLOCK) {
        size_t ones = trailing_ones(bits_at(in, offset));
        if (ones < BLOCK) return offset + ones;
    }
}

enum {
    GROUP = 4,
    GROUPS_IN_ROW = 5,
    /* The shortest run that holds so many, wherever it begins. */
    SHORTEST_SKIPPED = (GROUPS_IN_ROW + 1) * GROUP - 1,
};

/* Where to go on: no run of SHORTEST_SKIPPED bytes or more begins at `offset` or behind it and before that place. */
INLINE size_t skip_without_runs(part in, size_t offset) {
    enum { BEFORE = GROUPS_IN_ROW * GROUP };
    unsigned last = 0; /* groups of the block before */
    for (size_t block = offset; block < in.length; block += BLOCK) {
        if (in.readable - block < BLOCK) return block - offset < BEFORE ? offset : block - BEFORE;
        unsigned groups = in.groups(in.kind, in.text + block) << (GROUPS_IN_ROW - 1) | last;
        unsigned rows = groups & groups >> 1;
        rows &= rows >> 2;
        rows &= groups >> 4;
        if (rows != 0) {
            /* Behind the first row, but for a group; the run begins in the group before the row. */
            size_t place = block + (size_t)__builtin_ctz(rows) * GROUP;
            return place - offset < BEFORE ? offset : place - BEFORE;
        }
        last = groups >> (BLOCK / GROUP);
    }
    return in.length;
}

INLINE size_t find_runs(part in, size_t minimum, size_t *position, windsock_run *runs, size_t capacity) {
    size_t found = 0;
    size_t block = *position; /* no run begins before it that was not reported */
    bool skips = minimum >= SHORTEST_SKIPPED;
    if (skips) block = skip_without_runs(in, block);
    uint64_t here = bits_at(in, block);
    while (found < capacity && block < in.length) {
        uint64_t next = bits_at(in, block + BLOCK);
        uint64_t places = places_of_runs(here, next, minimum);
        while (found < capacity && places != 0) {
            size_t start = (size_t)__builtin_ctzll(places);
            size_t ones = trailing_ones(here >> start | (start ? next << (BLOCK - start) : 0));
            size_t end = ones < BLOCK ? block + start + ones
                                      : end_of_run(in, block + start + BLOCK);
            runs[found++] = (windsock_run){block + start, end};
            *position = end;
            if (end - block >= BLOCK) break;
            here &= ~0ull << (end - block);
            places &= ~0ull << (end - block);
        }
        if (places != 0) { /* the last run goes on, or there is no more room */
            block = *position;
            here = bits_at(in, block);
        } else if (skips) {
            block = skip_without_runs(in, block + BLOCK);
            here = bits_at(in, block);
        } else {
            block += BLOCK;
            here = next;
        }
    }
    *position = block < in.length ? block : in.length;
    return found;
}

/* Finds runs in a part that lies within one block, as most do: they are runs of another kind. There is room for all runs of
 * a block. */
INLINE size_t find_runs_in_block(part in, size_t minimum, windsock_run *runs) {
    uint64_t bits = bits_at(in, 0);
    uint64_t places = places_of_runs(bits, 0, minimum);
    size_t found = 0;
    while (places != 0) {
        size_t start = (size_t)__builtin_ctzll(places);
        size_t end = start + trailing_ones(bits >> start);
        runs[found++] = (windsock_run){start, end};
        if (end >= BLOCK) break;
        places &= ~0ull << end;
    }
    return found;
}

/* `text`: all of what is searched, part by part. */
INLINE size_t find_in_parts(part text, const windsock_run *parts, size_t part_count, size_t minimum,
                            windsock_runs_place *place, windsock_run *runs, size_t capacity) {
    size_t found = 0;
    while (place->part < part_count && found < capacity) {
        size_t start = parts[place->part].start, length = parts[place->part].end - start;
        part here = {text.kind, text.bits, text.groups, text.text + start, length, text.readable - start};
        size_t first = found;
        if (length < minimum) {
            place->offset = length;
        } else if (length <= BLOCK && place->offset == 0 && capacity - found >= BLOCK) {
            found += find_runs_in_block(here, minimum, runs + found);
            place->offset = length;
        } else {
            found += find_runs(here, minimum, &place->offset, runs + found, capacity - found);
        }
        for (size_t i = first; i < found; i++) {
            runs[i].start += start;
            runs[i].end += start;
        }
        if (place->offset < length) continue; /* there was no more room */
        place->part++;
        place->offset = 0;
    }
    return found;
}

/* Shifts by constants take half the time of others: these are nearly all the lengths that are asked for. */
INLINE size_t find_of_kind(part in, const windsock_run *parts, size_t part_count, size_t minimum,
                           windsock_runs_place *place, windsock_run *runs, size_t capacity) {
    switch (minimum) {
    case 16: return find_in_parts(in, parts, part_count, 16, place, runs, capacity);
    case 24: return find_in_parts(in, parts, part_count, 24, place, runs, capacity);
    case 40: return find_in_parts(in, parts, part_count, 40, place, runs, capacity);
    default: return find_in_parts(in, parts, part_count, minimum, place, runs, capacity);
    }
}

INLINE size_t find(part in, const windsock_run *parts, size_t part_count, size_t minimum, windsock_runs_place *place,
                   windsock_run *runs, size_t capacity) {
    switch (in.kind) { /* the loop is made once for each */
    case WINDSOCK_HEX_BYTES:
        in.kind = WINDSOCK_HEX_BYTES;
        return find_of_kind(in, parts, part_count, minimum, place, runs, capacity);
    case WINDSOCK_BASE64_BYTES:
        in.kind = WINDSOCK_BASE64_BYTES;
        return find_of_kind(in, parts, part_count, minimum, place, runs, capacity);
    case WINDSOCK_ALPHANUMERIC_BYTES:
        in.kind = WINDSOCK_ALPHANUMERIC_BYTES;
        return find_of_kind(in, parts, part_count, minimum, place, runs, capacity);
    case WINDSOCK_TOKEN_BYTES:
    default:
        in.kind = WINDSOCK_TOKEN_BYTES;
        return find_of_kind(in, parts, part_count, minimum, place, runs, capacity);
    }
}

#if defined(__x86_64__)

AVX2 static size_t find_runs_avx2(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                                  const windsock_run *parts, size_t part_count, windsock_runs_place *place,
                                  windsock_run *runs, size_t capacity) {
    part in = {kind, bits_avx2, groups_avx2, text, length, length};
    return find(in, parts, part_count, minimum, place, runs, capacity);
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

#endif

size_t windsock_byte_runs_portable(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                                   const windsock_run *parts, size_t part_count, windsock_runs_place *place,
                                   windsock_run *runs, size_t capacity) {
#if defined(__x86_64__)
    part in = {kind, bits_sse2, groups_sse2, text, length, length};
#else
    part in = {kind, bits_portable, groups_portable, text, length, length};
#endif
    return find(in, parts, part_count, minimum, place, runs, capacity);
}

size_t windsock_byte_runs(windsock_byte_kind kind, const uint8_t *text, size_t length, size_t minimum,
                          const windsock_run *parts, size_t part_count, windsock_runs_place *place, windsock_run *runs,
                          size_t capacity) {
#if defined(__x86_64__)
    if (has_avx2()) return find_runs_avx2(kind, text, length, minimum, parts, part_count, place, runs, capacity);
#endif
    return windsock_byte_runs_portable(kind, text, length, minimum, parts, part_count, place, runs, capacity);
}
