/* What a search is prepared into, shared by literal_set.c, which makes it, and literal_search.c, which uses it. */
#ifndef WINDSOCK_LITERAL_SET_H
#define WINDSOCK_LITERAL_SET_H

#include "CLiteralSearch.h"

/* Bytes are put in 64 classes, so that a class is six bits and a letter's two cases are one class. The merging of other
 * bytes is harmless, because the comparison at the end is exact; letters, digits, `_`, `-` and `.` stay apart.
 *
 *   pair    two successive classes: the first is the lower six bits, the second the upper six
 *   trigram three successive classes: bit `third` of row `pair` of the bitmap; its number is pair * 64 + third */
enum { CLASS_COUNT = 64, PAIR_COUNT = CLASS_COUNT * CLASS_COUNT };

static inline uint32_t class_of(uint8_t byte) { return (byte & 0x1fu) | (byte & 0x40u) >> 1; }

/* A byte `t` of the text fits if (t | fold) == value: fold is 0x20 for a letter whose case does not count, 0 for any other
 * byte, and 0xff, as value is then, for what lies behind the literal. */
typedef struct {
    uint64_t head_fold, head_value; /* the first eight bytes */
    uint64_t tail_fold, tail_value; /* the last eight, or the first again if there are no more */
    uint32_t bytes;                 /* where the literal stands, lower-cased unless exact, in the bytes of all */
    int16_t anchors[2];             /* of the trigrams it is entered by, from its start: the even one, the odd one */
    uint8_t length;
    uint8_t tail; /* where the last eight stand */
    bool is_exact;
} prepared_literal;

/* A literal in the list of a trigram, with a quick comparison to make first: of four pairs of the text, from two bytes
 * before the trigram to three behind it. The mask leaves out what is not the literal. */
typedef struct {
    uint64_t mask, value;
    uint32_t literal;
    int16_t anchor; /* -1 to 252 */
} trigram_member;

/* One for each trigram in the bitmap. */
typedef struct {
    uint64_t before, after; /* classes that may stand next to the trigram */
} trigram_neighbours;

struct windsock_literals {
    uint64_t rows[PAIR_COUNT];
    uint32_t rank[PAIR_COUNT];      /* trigrams in the rows before */
    trigram_neighbours *neighbours; /* by rank of the trigram */
    uint32_t *first;                /* by rank: members[first[rank]] ..< members[first[rank + 1]] */
    trigram_member *members;        /* those of even anchors first within a trigram */
    prepared_literal *literals;
    uint8_t *bytes;
    size_t count;
    windsock_implementation implementation;
};

/* Where the tables of a trigram are, if it is in the bitmap: the number of those before it. */
static inline uint32_t rank_of(const windsock_literals *set, uint32_t trigram) {
    uint64_t before = (1ull << (trigram & 63)) - 1;
    return set->rank[trigram >> 6] + (uint32_t)__builtin_popcountll(set->rows[trigram >> 6] & before);
}

windsock_implementation fastest_implementation(void);

/* How often the stages of a search are reached in a text, for the benchmark. */
typedef struct {
    size_t candidates; /* places where the bitmap says that a literal may stand */
    size_t survivors;  /* of these, where the bytes before and after agree */
    size_t compared;   /* literals compared there */
} stage_counts;

stage_counts count_stages(const windsock_literals *set, const uint8_t *text, size_t length);

#endif
