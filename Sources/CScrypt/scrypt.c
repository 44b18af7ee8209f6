/* scryptROMix (RFC 7914): what makes a guess cost memory, so that it is as dear on a graphics card as it is here.
 *
 * Everything else of scrypt is PBKDF2 with one iteration, which Swift does. The state of Salsa20 is kept in four vectors
 * of four words, its diagonals, as all fast implementations have it: a round is then the same for all four. */
#include "CScrypt.h"

#include <stdlib.h>
#include <string.h>

typedef uint32_t words __attribute__((vector_size(16)));

enum { LANES = 4, BLOCK_VECTORS = 4, BLOCK_WORDS = 16 };

/* Where each word of the diagonals comes from. */
static const uint8_t diagonal[BLOCK_WORDS] = {0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11};

static inline uint32_t word_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

#define ROTATED(value, count) (((value) << (count)) | ((value) >> (32 - (count))))

/* Salsa20/8 of `state` exclusive-or `input`, written to both `state` and `output`. */
static inline __attribute__((always_inline)) void salsa_xor(words state[BLOCK_VECTORS], const words *input, words *output) {
    words a = state[0] ^ input[0], b = state[1] ^ input[1], c = state[2] ^ input[2], d = state[3] ^ input[3];
    const words a0 = a, b0 = b, c0 = c, d0 = d;
    for (int round = 0; round < 8; round += 2) {
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
        b = __builtin_shufflevector(b, b, 1, 2, 3, 0);
        c = __builtin_shufflevector(c, c, 2, 3, 0, 1);
        d = __builtin_shufflevector(d, d, 3, 0, 1, 2);
    }
    output[0] = state[0] = a + a0;
    output[1] = state[1] = b + b0;
    output[2] = state[2] = c + c0;
    output[3] = state[3] = d + d0;
}

/* scryptBlockMix: of `input` exclusive-or `other`, to `output`; each is 2 * block_size blocks of Salsa20. */
static inline __attribute__((always_inline)) void block_mix(
    const words *input, const words *other, words *output, size_t block_size) {
    const size_t count = 2 * block_size;
    words state[BLOCK_VECTORS], mixed[BLOCK_VECTORS];
    for (int lane = 0; lane < BLOCK_VECTORS; lane++) {
        const size_t last = (count - 1) * BLOCK_VECTORS + lane;
        state[lane] = other ? input[last] ^ other[last] : input[last];
    }
    for (size_t index = 0; index < count; index++) {
        const words *block = input + index * BLOCK_VECTORS;
        if (other) {
            for (int lane = 0; lane < BLOCK_VECTORS; lane++) mixed[lane] = block[lane] ^ other[index * BLOCK_VECTORS + lane];
            block = mixed;
        }
        /* Even blocks first, then the odd ones. */
        salsa_xor(state, block, output + ((index >> 1) + (index & 1) * block_size) * BLOCK_VECTORS);
    }
}

/* Mixes `x` with what `memory` is filled with; `x` is what stands first there, and `y` is room for as much.
 * Returns the one of `x` and `y` that holds the result. */
static inline __attribute__((always_inline)) words *mix(
    words *memory, words *x, words *y, size_t vectors, size_t block_size, size_t cost) {
    for (size_t index = 1; index < cost; index++) {
        block_mix(memory + (index - 1) * vectors, NULL, memory + index * vectors, block_size);
    }
    block_mix(memory + (cost - 1) * vectors, NULL, x, block_size);
    for (size_t index = 0; index < cost; index++) {
        /* Integerify: the first word of the last block, which is also the first of its diagonal. */
        const size_t place = x[vectors - BLOCK_VECTORS][0] & (cost - 1);
        block_mix(x, memory + place * vectors, y, block_size);
        words *swapped = x;
        x = y;
        y = swapped;
    }
    return x;
}

#if defined(__x86_64__)
/* A rotation is one instruction there, and three elsewhere. */
__attribute__((target("avx512f,avx512vl"))) static words *mix_avx512(
    words *memory, words *x, words *y, size_t vectors, size_t block_size, size_t cost) {
    return mix(memory, x, y, vectors, block_size, cost);
}
#endif

static words *mixed(words *memory, words *x, words *y, size_t vectors, size_t block_size, size_t cost) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
        return mix_avx512(memory, x, y, vectors, block_size, cost);
    }
#endif
    return mix(memory, x, y, vectors, block_size, cost);
}

bool windsock_scrypt_mix(uint8_t *block, size_t block_size, size_t cost) {
    const size_t vectors = 2 * block_size * BLOCK_VECTORS;
    words *memory = NULL;
    if (posix_memalign((void **)&memory, 64, (cost + 2) * vectors * sizeof(words)) != 0) return false;
    words *x = memory + cost * vectors, *y = x + vectors;
    for (size_t start = 0; start < vectors * LANES; start += BLOCK_WORDS) {
        for (int word = 0; word < BLOCK_WORDS; word++) {
            x[(start + word) / LANES][word % LANES] = word_at(block + 4 * (start + diagonal[word]));
        }
    }
    memcpy(memory, x, vectors * sizeof(words));
    x = mixed(memory, x, y, vectors, block_size, cost);
    for (size_t start = 0; start < vectors * LANES; start += BLOCK_WORDS) {
        for (int word = 0; word < BLOCK_WORDS; word++) {
            const uint32_t value = x[(start + word) / LANES][word % LANES];
            uint8_t *bytes = block + 4 * (start + diagonal[word]);
            for (int byte = 0; byte < 4; byte++) bytes[byte] = (uint8_t)(value >> (8 * byte));
        }
    }
    /* What stays behind in the heap would tell the secret to whoever reads it. */
    memset(memory, 0, (cost + 2) * vectors * sizeof(words));
    __asm__ __volatile__("" : : "r"(memory) : "memory");
    free(memory);
    return true;
}
