#include "bitmap_filter.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* Looks up 64 pairs, each with the first class of the next one. Without a gather instruction this is best done one by
 * one: a load, a shift and a bit a pair. */
static inline uint64_t look_up(const windsock_literals *set, const uint16_t *pairs) {
    uint64_t result = 0;
    for (size_t i = 0; i < PAIRS_IN_WORD; i++) result |= (set->rows[pairs[i]] >> (pairs[i + 1] & 63) & 1) << i;
    return result;
}

void filter_portable(const windsock_literals *set, const uint8_t *bytes, size_t word_count, uint16_t *pairs,
                     uint64_t *result) {
    for (size_t i = 0; i < word_count * PAIRS_IN_WORD; i++) pairs[i] = pair_at(bytes + 2 * i);
    for (size_t i = 0; i < word_count; i++) result[i] = look_up(set, pairs + i * PAIRS_IN_WORD);
}

#if defined(__x86_64__)

static inline __m128i pairs_sse2(__m128i bytes) {
    __m128i low = _mm_and_si128(bytes, _mm_set1_epi8(0x1f));
    __m128i classes = _mm_or_si128(low, _mm_and_si128(_mm_srli_epi16(bytes, 1), _mm_set1_epi8(0x20)));
    __m128i second = _mm_and_si128(_mm_srli_epi16(classes, 2), _mm_set1_epi16(0x0fc0));
    return _mm_or_si128(_mm_and_si128(classes, _mm_set1_epi16(0x3f)), second);
}

void filter_sse2(const windsock_literals *set, const uint8_t *bytes, size_t word_count, uint16_t *pairs,
                 uint64_t *result) {
    size_t end = word_count * BYTES_IN_WORD;
    for (size_t i = 0; i < end; i += 16)
        _mm_storeu_si128((__m128i *)(pairs + i / 2), pairs_sse2(_mm_loadu_si128((const __m128i *)(bytes + i))));
    for (size_t i = 0; i < word_count; i++) result[i] = look_up(set, pairs + i * PAIRS_IN_WORD);
}

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i pairs_avx2(const uint8_t *bytes) {
    __m256i text = _mm256_loadu_si256((const __m256i *)bytes);
    __m256i low = _mm256_and_si256(text, _mm256_set1_epi8(0x1f));
    __m256i classes = _mm256_or_si256(low, _mm256_and_si256(_mm256_srli_epi16(text, 1), _mm256_set1_epi8(0x20)));
    return _mm256_maddubs_epi16(classes, _mm256_set1_epi16(64 << 8 | 1));
}

/* Of eight pairs, each with the one behind it: the sign bit of a lane is the bit of the bitmap. */
AVX2 static inline __m256i look_up_avx2(const windsock_literals *set, __m256i two_pairs) {
    __m256i trigram = _mm256_and_si256(two_pairs, _mm256_set1_epi32(0x003f0fff));
    __m256i bit = _mm256_madd_epi16(trigram, _mm256_set1_epi32(1 << 16 | 64));
    __m256i words = _mm256_i32gather_epi32((const int *)set->rows, _mm256_srli_epi32(bit, 5), 4);
    return _mm256_sllv_epi32(words, _mm256_andnot_si256(bit, _mm256_set1_epi32(31)));
}

/* 16 even offsets: the sign bits of 16 lanes. */
AVX2 static inline __m256i filter_32_bytes(const windsock_literals *set, const uint8_t *bytes, uint16_t *pairs) {
    __m256i here = pairs_avx2(bytes);
    _mm256_storeu_si256((__m256i *)pairs, here);
    __m256i even = look_up_avx2(set, here), odd = look_up_avx2(set, pairs_avx2(bytes + 2));
    return _mm256_blend_epi16(_mm256_srli_epi32(even, 16), odd, 0xaa);
}

AVX2 static inline uint32_t filter_64_bytes(const windsock_literals *set, const uint8_t *bytes, uint16_t *pairs) {
    __m256i low = filter_32_bytes(set, bytes, pairs), high = filter_32_bytes(set, bytes + 32, pairs + 16);
    /* Packing works in halves of a register: put the quarters in order. */
    __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8);
    return (uint32_t)_mm256_movemask_epi8(packed);
}

AVX2 void filter_avx2(const windsock_literals *set, const uint8_t *bytes, size_t word_count, uint16_t *pairs,
                      uint64_t *result) {
    for (size_t i = 0; i < word_count; i++) {
        uint64_t low = filter_64_bytes(set, bytes + i * BYTES_IN_WORD, pairs + i * PAIRS_IN_WORD);
        uint64_t high = filter_64_bytes(set, bytes + i * BYTES_IN_WORD + 64, pairs + i * PAIRS_IN_WORD + 32);
        result[i] = high << 32 | low;
    }
}

#elif defined(__aarch64__)

static inline uint16x8_t pairs_neon(uint8x16_t bytes) {
    uint8x16_t low = vandq_u8(bytes, vdupq_n_u8(0x1f));
    uint8x16_t classes = vorrq_u8(low, vandq_u8(vshrq_n_u8(bytes, 1), vdupq_n_u8(0x20)));
    uint16x8_t both = vreinterpretq_u16_u8(classes);
    uint16x8_t second = vandq_u16(vshrq_n_u16(both, 2), vdupq_n_u16(0x0fc0));
    return vorrq_u16(vandq_u16(both, vdupq_n_u16(0x3f)), second);
}

void filter_neon(const windsock_literals *set, const uint8_t *bytes, size_t word_count, uint16_t *pairs,
                 uint64_t *result) {
    size_t end = word_count * BYTES_IN_WORD;
    for (size_t i = 0; i < end; i += 16) vst1q_u16(pairs + i / 2, pairs_neon(vld1q_u8(bytes + i)));
    for (size_t i = 0; i < word_count; i++) result[i] = look_up(set, pairs + i * PAIRS_IN_WORD);
}

#endif
