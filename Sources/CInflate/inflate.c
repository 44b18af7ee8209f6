#include "CInflate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "codes.h"

#define INLINE static inline __attribute__((always_inline))

enum {
    LITLEN_BITS = 11,
    DISTANCE_BITS = 8,
    /* More than a code of 288 symbols or 32 can need, with two symbols in the smallest of the linked tables. */
    LITLEN_CAPACITY = (1 << LITLEN_BITS) + 144 * (1 << (15 - LITLEN_BITS)),
    DISTANCE_CAPACITY = (1 << DISTANCE_BITS) + 16 * (1 << (15 - DISTANCE_BITS)),
    FIXED_LITLEN_BITS = 9,
    FIXED_DISTANCE_BITS = 5,
    MOST_LENGTHS = 288 + 32,
    /* The longest run of lengths, of which the last may begin one before the end. */
    LONGEST_RUN = 138
};

struct windsock_inflater {
    uint32_t litlen[LITLEN_CAPACITY];
    uint32_t distance[DISTANCE_CAPACITY];
    uint32_t fixed_litlen[1 << FIXED_LITLEN_BITS];
    uint32_t fixed_distance[1 << FIXED_DISTANCE_BITS];
    /* Of the symbols of both codes, one after the other, and which of them have one. */
    uint8_t lengths[MOST_LENGTHS + LONGEST_RUN + 8];
    uint16_t used[MOST_LENGTHS + LONGEST_RUN + 8];
};

/* The codes of a block. */
struct codes {
    const uint32_t *litlen, *distance;
    uint32_t litlen_mask, distance_mask;
};

/* The bits of the stream. `limit` is where a good stream never brings `next`: what was read ahead is less than 8 bytes. */
struct bits {
    uint64_t word;
    const uint8_t *next, *limit;
    /* How many of the word have been counted, modulo 64; the bits above are noise. */
    unsigned left;
};

/* At least 56 bits are counted then, and all 64 of the word are those of the stream. Goes on by at most 7 bytes. */
INLINE void refill(struct bits *bits) {
    uint64_t word;
    memcpy(&word, bits->next, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    bits->word |= word << (bits->left & 63);
    bits->next += 7 - (bits->left >> 3 & 7);
    bits->left |= 56;
}

INLINE void drop(struct bits *bits, unsigned count) {
    bits->word >>= count & 63;
    bits->left -= count;
}

INLINE unsigned take(struct bits *bits, unsigned count) {
    unsigned taken = bits->word & ((1u << count) - 1);
    drop(bits, count);
    return taken;
}

/* Base and extra bits of an entry that stood at the beginning of a word. */
INLINE unsigned value(uint32_t entry, uint64_t word) {
    return (entry >> 16) + (unsigned)((word & ((1ull << (entry & 63)) - 1)) >> (entry >> 8 & 31));
}

/* MARK: Codes of a block */

/* The table of the code in which the lengths of the two codes are written: an entry has in bits 0-7 how many bits it
 * takes, in bits 8-15 how many of these are the code, in bits 16-23 the length, or REPEATS for the one before, and in
 * bits 24-31 how often, to which the extra bits are added. */
enum { LENGTH_SYMBOLS = 19, LENGTH_BITS = 7, REPEATS = 0x80 };

INLINE bool make_length_table(uint32_t table[1 << LENGTH_BITS], const uint8_t lengths[LENGTH_SYMBOLS]) {
    static const uint32_t runs[3] = {3u << 24 | REPEATS << 16 | 2, 3u << 24 | 3, 11u << 24 | 7};
    unsigned counts[LENGTH_BITS + 1] = {0}, starts[LENGTH_BITS + 1];
    for (unsigned i = 0; i < LENGTH_SYMBOLS; i++) counts[lengths[i]]++;
    unsigned sum = 0, space = 0;
    for (unsigned length = 1; length <= LENGTH_BITS; length++) {
        starts[length] = sum;
        sum += counts[length];
        space += counts[length] << (LENGTH_BITS - length);
    }
    if (space != 1 << LENGTH_BITS) return false;
    starts[0] = sum;
    uint8_t sorted[LENGTH_SYMBOLS];
    for (unsigned i = 0; i < LENGTH_SYMBOLS; i++) sorted[starts[lengths[i]]++] = (uint8_t)i;

    const uint8_t *symbol = sorted;
    uint32_t code = 0;
    for (unsigned length = 1; length <= LENGTH_BITS; length++) {
        unsigned size = 1u << (length - 1);
        memcpy(table + size, table, 4 * size);
        for (unsigned n = counts[length]; n; n--) {
            unsigned s = *symbol++;
            table[code] = (s < 16 ? 1u << 24 | s << 16 : runs[s - 16]) + (length << 8 | length);
            code = windsock_next_code(code, length);
        }
    }
    return true;
}

/* Reads lengths until there are `count`; those that are not 0 are listed. */
INLINE bool read_lengths(
    struct bits *bits, const uint32_t table[1 << LENGTH_BITS], struct windsock_inflater *to, unsigned count,
    unsigned *used_count) {
    typedef uint16_t eight __attribute__((vector_size(16)));
    const eight from_zero = {0, 1, 2, 3, 4, 5, 6, 7};
    unsigned index = 0, used = 0;
    uint64_t length = 0;
    if (table[bits->word & 127] >> 16 & REPEATS) return false;
    for (;;) {
        refill(bits);
        if (bits->next > bits->limit) return false;
        /* Of 14 bits at most. A jump for each kind of run would be mispredicted every other time: always eight are
         * written, of which the next step overwrites what was too much; a longer run is one of zeros, and a length is
         * only looked at where the symbol is listed. */
        for (unsigned i = 0; i < 4; i++) {
            uint32_t entry = table[bits->word & 127];
            unsigned run = value(entry >> 24 << 16 | (entry & 0xffff), bits->word);
            drop(bits, entry & 0xff);
            unsigned named = entry >> 16 & 0xff;
            length = named == REPEATS ? length : named;
            uint64_t eight_lengths = length * 0x0101010101010101u;
            memcpy(to->lengths + index, &eight_lengths, 8);
            eight symbols = from_zero + (uint16_t)index;
            memcpy(to->used + used, &symbols, 16);
            used += length ? run : 0;
            index += run;
            if (index >= count) {
                *used_count = used;
                return index == count;
            }
        }
    }
}

INLINE bool read_codes(struct bits *bits, struct windsock_inflater *inflater, struct codes *codes) {
    static const uint8_t places[LENGTH_SYMBOLS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    unsigned litlen_count = take(bits, 5) + 257;
    unsigned distance_count = take(bits, 5) + 1;
    unsigned length_count = take(bits, 4) + 4;
    if (litlen_count > 286 || distance_count > 30) return false;
    uint8_t lengths[LENGTH_SYMBOLS] = {0};
    refill(bits);
    unsigned i = 0;
    for (; i < length_count && i < 16; i++) lengths[places[i]] = (uint8_t)take(bits, 3);
    refill(bits);
    for (; i < length_count; i++) lengths[places[i]] = (uint8_t)take(bits, 3);
    if (bits->next > bits->limit) return false;

    uint32_t table[1 << LENGTH_BITS];
    table[0] = 0;
    unsigned used_count;
    if (!make_length_table(table, lengths)) return false;
    if (!read_lengths(bits, table, inflater, litlen_count + distance_count, &used_count)) return false;

    unsigned litlen_used = used_count;
    while (litlen_used > 0 && inflater->used[litlen_used - 1] >= litlen_count) litlen_used--;
    for (i = litlen_used; i < used_count; i++) inflater->used[i] -= (uint16_t)litlen_count;
    unsigned litlen_bits = windsock_make_table(
        inflater->litlen, LITLEN_CAPACITY, LITLEN_BITS, WINDSOCK_LITLEN, inflater->lengths, inflater->used, litlen_used);
    unsigned distance_bits = windsock_make_table(
        inflater->distance, DISTANCE_CAPACITY, DISTANCE_BITS, WINDSOCK_DISTANCE, inflater->lengths + litlen_count,
        inflater->used + litlen_used, used_count - litlen_used);
    *codes = (struct codes){
        inflater->litlen, inflater->distance, (1u << litlen_bits) - 1, (1u << distance_bits) - 1};
    return litlen_bits && distance_bits;
}

/* MARK: Blocks */

/* Writes up to 32 bytes too much. */
INLINE void copy_match(uint8_t *to, size_t distance, size_t length) {
    const uint8_t *from = to - distance;
    uint8_t *const end = to + length;
    if (distance >= 16) {
        do {
            memcpy(to, from, 16);
            memcpy(to + 16, from + 16, 16);
            to += 32;
            from += 32;
        } while (to < end);
    } else if (distance >= 8) {
        do {
            memcpy(to, from, 8);
            to += 8;
            from += 8;
        } while (to < end);
    } else {
        do *to++ = *from++;
        while (to < end);
    }
}

/* Returns where the output goes on; null for what is not known. */
INLINE uint8_t *read_symbols(
    struct bits *stream, const struct codes *codes, uint8_t *out, const uint8_t *begin, const uint8_t *end) {
    struct bits bits = *stream;
    const uint32_t *const litlen = codes->litlen, *const distance = codes->distance;
    const uint64_t litlen_mask = codes->litlen_mask, distance_mask = codes->distance_mask;
    refill(&bits);
    uint32_t entry = litlen[bits.word & litlen_mask];
    uint64_t before;
    /* An entry is dropped as soon as it is known, and the next one looked up before the first is made use of; at the
     * head of the loop 56 bits are counted. A look-up may see bits that have not been counted, as long as they are in
     * the word: of 64, at most 48 are dropped between two refills. */
    for (;;) {
        if (bits.next > bits.limit || out > end) return NULL;
        before = bits.word;
        drop(&bits, entry);
        if (entry & WINDSOCK_LITERAL) {
            uint8_t literal = (uint8_t)(entry >> 16);
            entry = litlen[bits.word & litlen_mask];
            before = bits.word;
            drop(&bits, entry);
            *out++ = literal;
            if (entry & WINDSOCK_LITERAL) {
                literal = (uint8_t)(entry >> 16);
                entry = litlen[bits.word & litlen_mask];
                before = bits.word;
                drop(&bits, entry);
                *out++ = literal;
                if (entry & WINDSOCK_LITERAL) {
                    *out++ = (uint8_t)(entry >> 16);
                    entry = litlen[bits.word & litlen_mask];
                    refill(&bits);
                    continue;
                }
            }
        }
        if (entry & WINDSOCK_SPECIAL) {
            if (entry & WINDSOCK_LINK) {
                entry = litlen[(entry >> 16) + (bits.word & ((1u << (entry >> 8 & 15)) - 1))];
                before = bits.word;
                drop(&bits, entry);
                if (entry & WINDSOCK_LITERAL) {
                    *out++ = (uint8_t)(entry >> 16);
                    entry = litlen[bits.word & litlen_mask];
                    refill(&bits);
                    continue;
                }
            }
            if (entry & WINDSOCK_INVALID) return NULL;
            if (entry & WINDSOCK_SPECIAL) break;
        }
        /* Two literals and a length: 42 bits. */
        unsigned length = value(entry, before);
        entry = distance[bits.word & distance_mask];
        refill(&bits);
        if (entry & WINDSOCK_SPECIAL) {
            if (!(entry & WINDSOCK_LINK)) return NULL;
            drop(&bits, entry);
            entry = distance[(entry >> 16) + (bits.word & ((1u << (entry >> 8 & 15)) - 1))];
            if (entry & WINDSOCK_SPECIAL) return NULL;
        }
        unsigned back = value(entry, bits.word);
        drop(&bits, entry);
        if (back > (size_t)(out - begin)) return NULL;
        entry = litlen[bits.word & litlen_mask];
        refill(&bits);
        copy_match(out, back, length);
        out += length;
    }
    *stream = bits;
    return out;
}

/* Returns where the output goes on; null for what is not known. */
INLINE uint8_t *read_stored(struct bits *bits, uint8_t *out, const uint8_t *out_end, const uint8_t *in_end) {
    const uint8_t *place = bits->next - ((bits->left & 63) >> 3);
    if (in_end - place < 4) return NULL;
    unsigned count = place[0] | place[1] << 8, inverse = place[2] | place[3] << 8;
    place += 4;
    if (count != (inverse ^ 0xffff) || in_end - place < count || out_end - out < count) return NULL;
    memcpy(out, place, count);
    *bits = (struct bits){.next = place + count, .limit = bits->limit};
    return out + count;
}

INLINE size_t inflate(
    struct windsock_inflater *inflater, const uint8_t *input, size_t count, uint8_t *output, size_t size) {
    const uint8_t *const in_end = input + count;
    uint8_t *out = output, *const out_end = output + size;
    struct bits bits = {.next = input + 2, .limit = in_end + 8};
    bool is_last;
    do {
        if (bits.next > bits.limit) return 0;
        refill(&bits);
        is_last = take(&bits, 1);
        struct codes codes;
        switch (take(&bits, 2)) {
        case 0:
            out = read_stored(&bits, out, out_end, in_end);
            break;
        case 1:
            codes = (struct codes){
                inflater->fixed_litlen, inflater->fixed_distance, (1u << FIXED_LITLEN_BITS) - 1,
                (1u << FIXED_DISTANCE_BITS) - 1};
            out = read_symbols(&bits, &codes, out, output, out_end);
            break;
        case 2:
            if (!read_codes(&bits, inflater, &codes)) return 0;
            out = read_symbols(&bits, &codes, out, output, out_end);
            break;
        default: return 0;
        }
        if (!out || out > out_end) return 0;
    } while (!is_last);
    const uint8_t *end = bits.next - ((bits.left & 63) >> 3);
    if (out != out_end || in_end - end < 4) return 0;
    return (size_t)(end + 4 - input);
}

/* MARK: For the processor at hand */

#if defined(__x86_64__)
__attribute__((target("bmi,bmi2"))) static size_t inflate_bmi2(
    struct windsock_inflater *inflater, const uint8_t *input, size_t count, uint8_t *output, size_t size) {
    return inflate(inflater, input, count, output, size);
}
#endif

static size_t inflate_plain(
    struct windsock_inflater *inflater, const uint8_t *input, size_t count, uint8_t *output, size_t size) {
    return inflate(inflater, input, count, output, size);
}

size_t windsock_inflate(
    struct windsock_inflater *inflater, const uint8_t *input, size_t count, uint8_t *output, size_t size) {
    /* DEFLATE with a window of 32 KB at most, no dictionary. */
    if (count < 8 || (input[0] & 15) != 8 || input[0] >> 4 > 7 || input[1] & 0x20) return 0;
    if ((input[0] << 8 | input[1]) % 31 != 0) return 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi2")) return inflate_bmi2(inflater, input, count, output, size);
#endif
    return inflate_plain(inflater, input, count, output, size);
}

struct windsock_inflater *windsock_inflater_create(void) {
    struct windsock_inflater *inflater = calloc(1, sizeof *inflater);
    if (!inflater) return NULL;
    uint8_t lengths[288];
    uint16_t used[288];
    for (unsigned i = 0; i < 288; i++) {
        used[i] = (uint16_t)i;
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    }
    windsock_make_table(
        inflater->fixed_litlen, 1 << FIXED_LITLEN_BITS, FIXED_LITLEN_BITS, WINDSOCK_LITLEN, lengths, used, 288);
    memset(lengths, 5, 32);
    windsock_make_table(
        inflater->fixed_distance, 1 << FIXED_DISTANCE_BITS, FIXED_DISTANCE_BITS, WINDSOCK_DISTANCE, lengths, used, 32);
    return inflater;
}

void windsock_inflater_free(struct windsock_inflater *inflater) { free(inflater); }
