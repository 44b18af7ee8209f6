/* scryptROMix (RFC 7914): what makes a guess cost memory, so that it is as dear on a graphics card as it is here.
 *
 * Everything else of scrypt is PBKDF2 with one iteration, which Swift does. The state of Salsa20 is kept in four vectors
 * of four words, its diagonals, as all fast implementations have it: a round is then the same for all four. */
#include "CScrypt.h"

#include <stdlib.h>
#include <string.h>

typedef uint32_t words __attribute__((vector_size(16)));

enum { LANES = 4, BLOCK_VECTORS = 4, BLOCK_WORDS = 16, MOST = WINDSOCK_SCRYPT_MOST };

/* Where each word of the diagonals comes from. */
static const uint8_t diagonal[BLOCK_WORDS] = {0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11};

static inline uint32_t word_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

#define ROTATED(value, count) (((value) << (count)) | ((value) >> (32 - (count))))

/* Columns, then rows: two of the eight rounds. */
static inline __attribute__((always_inline)) void double_round(words x[BLOCK_VECTORS]) {
    words a = x[0], b = x[1], c = x[2], d = x[3];
    b ^= ROTATED(a + d, 7);
    c ^= ROTATED(b + a, 9);
    d ^= ROTATED(c + b, 13);
    a ^= ROTATED(d + c, 18);
    /* Columns become rows. */
    b = __builtin_shufflevector(b, b, 3, 0, 1, 2);
    c = __builtin_shufflevector(c, c, 2, 3, 0, 1);
    d = __builtin_shufflevector(d, d, 1, 2, 3, 0);
    d ^= ROTATED(a + b, 7);
    c ^= ROTATED(d + a, 9);
    b ^= ROTATED(c + d, 13);
    a ^= ROTATED(b + c, 18);
    x[0] = a;
    x[1] = __builtin_shufflevector(b, b, 1, 2, 3, 0);
    x[2] = __builtin_shufflevector(c, c, 2, 3, 0, 1);
    x[3] = __builtin_shufflevector(d, d, 3, 0, 1, 2);
}

/* Salsa20/8 of each of `count` states exclusive-or its input, written to both the state and its output. One waits for
 * itself at every step; of several, one is worked on while the others wait: four take a third longer than one. */
static inline __attribute__((always_inline)) void salsa_xor(
    words state[][BLOCK_VECTORS], const words *const input[], words *const output[], int count) {
    words x[MOST][BLOCK_VECTORS], start[MOST][BLOCK_VECTORS];
    for (int one = 0; one < count; one++) {
        for (int lane = 0; lane < BLOCK_VECTORS; lane++) x[one][lane] = start[one][lane] = state[one][lane] ^ input[one][lane];
    }
    for (int round = 0; round < 8; round += 2) {
        for (int one = 0; one < count; one++) double_round(x[one]);
    }
    for (int one = 0; one < count; one++) {
        for (int lane = 0; lane < BLOCK_VECTORS; lane++) output[one][lane] = state[one][lane] = x[one][lane] + start[one][lane];
    }
}

/* scryptBlockMix of each of `count` inputs exclusive-or another, to its output; each is 2 * block_size blocks of Salsa20.
 * `other` may be NULL. */
static inline __attribute__((always_inline)) void block_mix(
    const words *const input[], const words *const other[], words *const output[], size_t block_size, int count) {
    const size_t blocks = 2 * block_size;
    words state[MOST][BLOCK_VECTORS], mixed[MOST][BLOCK_VECTORS];
    for (int one = 0; one < count; one++) {
        for (int lane = 0; lane < BLOCK_VECTORS; lane++) {
            const size_t last = (blocks - 1) * BLOCK_VECTORS + lane;
            state[one][lane] = other ? input[one][last] ^ other[one][last] : input[one][last];
        }
    }
    for (size_t index = 0; index < blocks; index++) {
        const words *block[MOST];
        words *place[MOST];
        for (int one = 0; one < count; one++) {
            block[one] = input[one] + index * BLOCK_VECTORS;
            /* Even blocks first, then the odd ones. */
            place[one] = output[one] + ((index >> 1) + (index & 1) * block_size) * BLOCK_VECTORS;
            if (!other) continue;
            for (int lane = 0; lane < BLOCK_VECTORS; lane++) {
                mixed[one][lane] = block[one][lane] ^ other[one][index * BLOCK_VECTORS + lane];
            }
            block[one] = mixed[one];
        }
        salsa_xor(state, block, place, count);
    }
}

/* Mixes each `x` with what its `memory` is filled with; `x` is what stands first there, and `y` is room for as much.
 * Leaves in `x` where the results are. */
static inline __attribute__((always_inline)) void mix(
    words *const memory[], words *x[], words *y[], size_t vectors, size_t block_size, size_t cost, int count) {
    const words *from[MOST], *other[MOST];
    words *to[MOST];
    for (size_t index = 1; index <= cost; index++) {
        for (int one = 0; one < count; one++) {
            from[one] = memory[one] + (index - 1) * vectors;
            to[one] = index < cost ? memory[one] + index * vectors : x[one];
        }
        block_mix(from, NULL, to, block_size, count);
    }
    for (size_t index = 0; index < cost; index++) {
        for (int one = 0; one < count; one++) {
            /* Integerify: the first word of the last block, which is also the first of its diagonal. */
            const size_t place = x[one][vectors - BLOCK_VECTORS][0] & (cost - 1);
            from[one] = x[one];
            other[one] = memory[one] + place * vectors;
            to[one] = y[one];
        }
        block_mix(from, other, to, block_size, count);
        for (int one = 0; one < count; one++) {
            words *swapped = x[one];
            x[one] = y[one];
            y[one] = swapped;
        }
    }
}

static inline __attribute__((always_inline)) void mix_any(
    words *const memory[], words *x[], words *y[], size_t vectors, size_t block_size, size_t cost, int count) {
    /* The number is known in each call, so that the states stay in registers. */
    switch (count) {
    case 1: return mix(memory, x, y, vectors, block_size, cost, 1);
    case 2: return mix(memory, x, y, vectors, block_size, cost, 2);
    case 3: return mix(memory, x, y, vectors, block_size, cost, 3);
    default: return mix(memory, x, y, vectors, block_size, cost, MOST);
    }
}

#if defined(__x86_64__)
/* A rotation is one instruction there, and three elsewhere. */
__attribute__((target("avx512f,avx512vl"))) static void mix_avx512(
    words *const memory[], words *x[], words *y[], size_t vectors, size_t block_size, size_t cost, int count) {
    mix_any(memory, x, y, vectors, block_size, cost, count);
}
#endif

static void mix_best(
    words *const memory[], words *x[], words *y[], size_t vectors, size_t block_size, size_t cost, int count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
        return mix_avx512(memory, x, y, vectors, block_size, cost, count);
    }
#endif
    mix_any(memory, x, y, vectors, block_size, cost, count);
}

/* Reads a block into diagonals, and back. */
static void load(words *x, const uint8_t *block, size_t vectors) {
    for (size_t start = 0; start < vectors * LANES; start += BLOCK_WORDS) {
        for (int word = 0; word < BLOCK_WORDS; word++) {
            x[(start + word) / LANES][word % LANES] = word_at(block + 4 * (start + diagonal[word]));
        }
    }
}

static void store(uint8_t *block, const words *x, size_t vectors) {
    for (size_t start = 0; start < vectors * LANES; start += BLOCK_WORDS) {
        for (int word = 0; word < BLOCK_WORDS; word++) {
            const uint32_t value = x[(start + word) / LANES][word % LANES];
            uint8_t *bytes = block + 4 * (start + diagonal[word]);
            for (int byte = 0; byte < 4; byte++) bytes[byte] = (uint8_t)(value >> (8 * byte));
        }
    }
}

bool windsock_scrypt_mix(uint8_t *const *blocks, int count, size_t block_size, size_t cost) {
    const size_t vectors = 2 * block_size * BLOCK_VECTORS, room = (cost + 2) * vectors;
    words *all = NULL;
    if (count < 1 || count > MOST || posix_memalign((void **)&all, 64, (size_t)count * room * sizeof(words)) != 0) {
        return false;
    }
    words *memory[MOST], *x[MOST], *y[MOST];
    for (int one = 0; one < count; one++) {
        memory[one] = all + (size_t)one * room;
        x[one] = memory[one] + cost * vectors;
        y[one] = x[one] + vectors;
        load(x[one], blocks[one], vectors);
        memcpy(memory[one], x[one], vectors * sizeof(words));
    }
    mix_best(memory, x, y, vectors, block_size, cost, count);
    for (int one = 0; one < count; one++) store(blocks[one], x[one], vectors);
    /* What stays behind in the heap would tell the secrets to whoever reads it. */
    memset(all, 0, (size_t)count * room * sizeof(words));
    __asm__ __volatile__("" : : "r"(all) : "memory");
    free(all);
    return true;
}
