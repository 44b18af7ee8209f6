/* The search, in four stages over a few kilobytes at a time:
 *
 *   1. at every even offset, is the trigram there in a bitmap of 32 KiB? (bitmap_filter.c)
 *   2. list those candidates
 *   3. keep those whose neighbouring bytes stand beside that trigram in some literal
 *   4. compare the literals of the trigram
 *
 * In source text a thousand keywords leave 23 candidates, 3 survivors and 1 hit in a kilobyte. A mispredicted jump
 * costs as much as filtering 30 bytes, hence stages instead of one loop with an `if` in it: up to the third they are
 * all but free of jumps that depend on the text. Measured before this was chosen, in gigabytes a second on one core
 * (Xeon of 2023, 119 MB of source text in 15 languages), with 1,000 and with all 4,309 keywords of our rules:
 *
 *                                                                    with AVX2    without
 *   every offset, scalar: hash of 3 bytes, a jump at each candidate               0.41  0.20
 *   every offset, these stages, a literal entered by one trigram     2.4   1.8    1.1   0.9
 *   even offsets, these stages, a literal entered by two             3.4   1.8    1.8   1.1
 *
 * The second has half the candidates of the third, but its first stage takes twice the time. Teddy, nibble tables with
 * 8 buckets, runs at 12 GB/s and with 456 keywords lets nine of ten bytes through. Scripts/bench-literals measures. */
#include "bitmap_filter.h"

#include <string.h>

enum {
    CHUNK_WORDS = 32,
    CHUNK_BYTES = CHUNK_WORDS * BYTES_IN_WORD,
    CHUNK_PAIRS = CHUNK_WORDS * PAIRS_IN_WORD,
};

/* A place in a chunk where a literal may stand. */
typedef struct {
    uint32_t pair; /* at twice this offset */
    uint32_t rank; /* of its trigram */
} survivor;

typedef struct {
    uint16_t pairs[1 + CHUNK_PAIRS + 2]; /* from the one before the chunk to the second behind it */
    uint64_t bits[CHUNK_WORDS];
    uint16_t candidates[CHUNK_PAIRS + 8];
    survivor survivors[CHUNK_PAIRS + 1];
} chunk;

#define INLINE static inline __attribute__((always_inline))

/* The end of a text is copied, so that nothing is read behind it. */
enum { BYTES_READ = CHUNK_BYTES + 4 };

INLINE void fill_words(chunk *work, const windsock_literals *set, bitmap_filter *filter, const uint8_t *bytes,
                       size_t words) {
    size_t end = words * BYTES_IN_WORD;
    work->pairs[1 + end / 2] = pair_at(bytes + end);
    work->pairs[1 + end / 2 + 1] = pair_at(bytes + end + 2);
    filter(set, bytes, words, work->pairs + 1, work->bits);
}

/* Stage one. Returns the number of words filled. */
INLINE size_t fill_chunk(chunk *work, const windsock_literals *set, bitmap_filter *filter, const uint8_t *text,
                         size_t length, size_t position) {
    work->pairs[0] = position < 2 ? 0 : pair_at(text + position - 2);
    size_t left = length - position;
    if (left >= BYTES_READ) {
        fill_words(work, set, filter, text + position, CHUNK_WORDS);
        return CHUNK_WORDS;
    }
    uint8_t last[BYTES_READ];
    size_t words = (left + BYTES_IN_WORD - 1) / BYTES_IN_WORD;
    if (words > CHUNK_WORDS) words = CHUNK_WORDS;
    memcpy(last, text + position, left);
    /* Most parts of a text that are searched by themselves are a few words long. */
    size_t read = words * BYTES_IN_WORD + 4;
    if (read > left) memset(last + left, 0, read - left);
    fill_words(work, set, filter, last, words);
    return words;
}

/* Stage two: lists the bits that are set, eight at a time without asking, because a jump that depends on their number
 * is mispredicted in every other word. */
INLINE size_t list_candidates(chunk *work, size_t words) {
    size_t count = 0;
    for (size_t i = 0; i < words; i++) {
        uint64_t rest = work->bits[i];
        size_t end = count + (size_t)__builtin_popcountll(rest);
        do {
            for (size_t j = 0; j < 8; j++) {
                size_t bit = (size_t)__builtin_ctzll(rest | 1ull << 63);
                work->candidates[count + j] = (uint16_t)(i * PAIRS_IN_WORD + bit);
                rest &= rest - 1;
            }
            count += 8;
        } while (count < end);
        count = end;
    }
    return count;
}

/* Stage three: keeps the candidates with the right neighbours, again without a jump. */
INLINE size_t list_survivors(chunk *work, const windsock_literals *set, size_t candidate_count) {
    size_t count = 0;
    for (size_t i = 0; i < candidate_count; i++) {
        uint32_t pair = work->candidates[i];
        const uint16_t *around = work->pairs + 1 + pair;
        uint32_t rank = rank_of(set, (uint32_t)around[0] << 6 | (around[1] & 63));
        const trigram_neighbours *neighbours = &set->neighbours[rank];
        work->survivors[count] = (survivor){.pair = pair, .rank = rank};
        count += neighbours->before >> (around[-1] >> 6) & neighbours->after >> (around[1] >> 6) & 1;
    }
    return count;
}

/* Compares byte by byte: for the last bytes of a text and for literals of more than 16. */
static bool equal_bytes(const windsock_literals *set, const prepared_literal *prepared, const uint8_t *text) {
    const uint8_t *literal = set->bytes + prepared->bytes;
    for (size_t i = 0; i < prepared->length; i++) {
        uint8_t byte = text[i];
        if (!prepared->is_exact && byte >= 'A' && byte <= 'Z') byte |= 0x20;
        if (byte != literal[i]) return false;
    }
    return true;
}

INLINE uint64_t eight_bytes(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

INLINE uint64_t four_pairs(const uint16_t *pairs) {
    uint64_t value;
    memcpy(&value, pairs, sizeof value);
    return value;
}

INLINE bool stands_at(const windsock_literals *set, const prepared_literal *prepared, const uint8_t *text,
                      size_t length, size_t start) {
    if (start > length || length - start < prepared->length) return false; /* or it would start before the text */
    if (length - start < 8) return equal_bytes(set, prepared, text + start);
    uint64_t head = (eight_bytes(text + start) | prepared->head_fold) ^ prepared->head_value;
    uint64_t tail = (eight_bytes(text + start + prepared->tail) | prepared->tail_fold) ^ prepared->tail_value;
    return (head | tail) == 0 && (prepared->length <= 16 || equal_bytes(set, prepared, text + start));
}

/* Stage four: the literals of a trigram, members[index] ..< members[end], at a place. `around` are the four pairs
 * there. Returns the number of hits. */
INLINE size_t report(const windsock_literals *set, uint32_t index, uint32_t end, uint64_t around, const uint8_t *text,
                     size_t length, size_t place, windsock_hit *hits) {
    size_t found = 0;
    for (; index < end; index++) {
        const trigram_member *member = &set->members[index];
        if ((around & member->mask) != member->value) continue;
        size_t start = place - (size_t)(ptrdiff_t)member->anchor;
        hits[found] = (windsock_hit){.offset = start, .literal = member->literal};
        found += stands_at(set, &set->literals[member->literal], text, length, start);
    }
    return found;
}

/* A literal can be found twice at a place, by its even and its odd anchor: "aaa" in "aaaa". So that room for one hit
 * a literal is enough, a place can be left half done, which an odd position stands for. */
static uint32_t first_odd_member(const windsock_literals *set, uint32_t rank) {
    uint32_t index = set->first[rank];
    while (index < set->first[rank + 1] && set->members[index].anchor % 2 == 0) index++;
    return index;
}

INLINE size_t find(const windsock_literals *set, bitmap_filter *filter, const uint8_t *text, size_t length,
                   size_t *position, windsock_hit *hits, size_t capacity) {
    chunk work;
    size_t found = 0;
    size_t half_done = *position % 2 ? *position - 1 : SIZE_MAX;
    for (size_t start = *position - *position % 2; start < length;) {
        size_t words = fill_chunk(&work, set, filter, text, length, start);
        size_t count = list_survivors(&work, set, list_candidates(&work, words));
        for (size_t i = 0; i < count; i++) {
            size_t place = start + 2 * (size_t)work.survivors[i].pair;
            uint64_t around = four_pairs(work.pairs + work.survivors[i].pair);
            uint32_t rank = work.survivors[i].rank;
            uint32_t index = set->first[rank], end = set->first[rank + 1];
            if (place == half_done) index = first_odd_member(set, rank);
            if (end - index > capacity - found) {
                *position = found > 0 ? place : place + 1;
                if (found > 0) return found;
                return report(set, index, first_odd_member(set, rank), around, text, length, place, hits);
            }
            found += report(set, index, end, around, text, length, place, hits + found);
        }
        start += words * BYTES_IN_WORD;
    }
    *position = length;
    return found;
}

static size_t find_portable(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                            windsock_hit *hits, size_t capacity) {
    return find(set, filter_portable, text, length, position, hits, capacity);
}

#if defined(__x86_64__)

static size_t find_sse2(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                        windsock_hit *hits, size_t capacity) {
    return find(set, filter_sse2, text, length, position, hits, capacity);
}

/* Everything with AVX2 has these instructions to count and find bits too: the later stages use them much. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static size_t find_avx2(
    const windsock_literals *set, const uint8_t *text, size_t length, size_t *position, windsock_hit *hits,
    size_t capacity) {
    return find(set, filter_avx2, text, length, position, hits, capacity);
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

#elif defined(__aarch64__)

static size_t find_neon(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                        windsock_hit *hits, size_t capacity) {
    return find(set, filter_neon, text, length, position, hits, capacity);
}

#endif

typedef size_t find_function(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                             windsock_hit *hits, size_t capacity);

/* NULL: not on this processor. */
static find_function *function_of(windsock_implementation implementation) {
    switch (implementation) {
    case WINDSOCK_PORTABLE: return find_portable;
#if defined(__x86_64__)
    case WINDSOCK_SSE2: return find_sse2;
    case WINDSOCK_AVX2: return has_avx2() ? find_avx2 : NULL;
#elif defined(__aarch64__)
    case WINDSOCK_NEON: return find_neon;
#endif
    default: return NULL;
    }
}

windsock_implementation fastest_implementation(void) {
    windsock_implementation fastest = WINDSOCK_PORTABLE;
    for (int i = 0; i < WINDSOCK_IMPLEMENTATION_COUNT; i++)
        if (function_of((windsock_implementation)i) != NULL) fastest = (windsock_implementation)i;
    return fastest;
}

bool windsock_literals_set_implementation(windsock_literals *set, windsock_implementation implementation) {
    if (function_of(implementation) == NULL) return false;
    set->implementation = implementation;
    return true;
}

windsock_implementation windsock_literals_implementation(const windsock_literals *set) { return set->implementation; }

size_t windsock_literals_find(const windsock_literals *set, const uint8_t *text, size_t length, size_t *position,
                              windsock_hit *hits, size_t capacity) {
    if (*position >= length || set->count == 0) {
        *position = length;
        return 0;
    }
    return function_of(set->implementation)(set, text, length, position, hits, capacity);
}

stage_counts count_stages(const windsock_literals *set, const uint8_t *text, size_t length) {
    chunk work;
    stage_counts counts = {0};
    for (size_t start = 0; start < length;) {
        size_t words = fill_chunk(&work, set, filter_portable, text, length, start);
        size_t candidates = list_candidates(&work, words);
        size_t survivors = list_survivors(&work, set, candidates);
        counts.candidates += candidates;
        counts.survivors += survivors;
        for (size_t i = 0; i < survivors; i++)
            counts.compared += set->first[work.survivors[i].rank + 1] - set->first[work.survivors[i].rank];
        start += words * BYTES_IN_WORD;
    }
    return counts;
}
