// The WebAssembly vector intrinsics in C, for vector_code.py: SIMDe's, and here what SIMDe lacks or
// gets wrong, in the intrinsics of each target.
#pragma once

#include <simde/wasm/simd128.h>

typedef simde_v128_t V128;
typedef float F32x4 __attribute__((vector_size(16)));
typedef double F64x2 __attribute__((vector_size(16)));

// SIMDe's do not order the zeros.
#define simde_wasm_f32x4_min(a, b) (V128) __builtin_elementwise_minimum((F32x4)a, (F32x4)b)
#define simde_wasm_f32x4_max(a, b) (V128) __builtin_elementwise_maximum((F32x4)a, (F32x4)b)
#define simde_wasm_f64x2_min(a, b) (V128) __builtin_elementwise_minimum((F64x2)a, (F64x2)b)
#define simde_wasm_f64x2_max(a, b) (V128) __builtin_elementwise_maximum((F64x2)a, (F64x2)b)

#if defined(__x86_64__)
#include <immintrin.h>

// A lane's highest bit chooses, which is all that a blend looks at.
#if defined(__SSE4_1__)
#define wasm_i8x16_relaxed_laneselect(a, b, mask) (V128) _mm_blendv_epi8(b, a, mask)
#define wasm_i16x8_relaxed_laneselect wasm_i8x16_relaxed_laneselect
#define wasm_i32x4_relaxed_laneselect(a, b, mask) \
  (V128) _mm_blendv_ps((__m128)b, (__m128)a, (__m128)mask)
#define wasm_i64x2_relaxed_laneselect(a, b, mask) \
  (V128) _mm_blendv_pd((__m128d)b, (__m128d)a, (__m128d)mask)
#else
#define wasm_i8x16_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i16x8_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i32x4_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i64x2_relaxed_laneselect simde_wasm_v128_bitselect
#endif

#if defined(__SSSE3__)
#define wasm_i8x16_relaxed_swizzle _mm_shuffle_epi8
#define wasm_i16x8_relaxed_q15mulr _mm_mulhrs_epi16
#define wasm_i16x8_relaxed_dot_i8x16_i7x16(a, b) _mm_maddubs_epi16(b, a)
#else
#define wasm_i8x16_relaxed_swizzle simde_wasm_i8x16_swizzle
#define wasm_i16x8_relaxed_q15mulr simde_wasm_i16x8_q15mulr_sat
static inline V128 wasm_i16x8_relaxed_dot_i8x16_i7x16(V128 a, V128 b) {
  V128 even = _mm_mullo_epi16(_mm_srai_epi16(_mm_slli_epi16(a, 8), 8),
                              _mm_srai_epi16(_mm_slli_epi16(b, 8), 8));
  V128 odd = _mm_mullo_epi16(_mm_srai_epi16(a, 8), _mm_srai_epi16(b, 8));
  return _mm_add_epi16(even, odd);
}
#endif
static inline V128 wasm_i32x4_relaxed_dot_i8x16_i7x16_add(V128 a, V128 b, V128 c) {
  V128 pairs = wasm_i16x8_relaxed_dot_i8x16_i7x16(a, b);
  return _mm_add_epi32(_mm_madd_epi16(pairs, _mm_set1_epi16(1)), c);
}

#if defined(__FMA__)
#define wasm_f32x4_relaxed_madd(a, b, c) (V128) _mm_fmadd_ps((__m128)a, (__m128)b, (__m128)c)
#define wasm_f32x4_relaxed_nmadd(a, b, c) (V128) _mm_fnmadd_ps((__m128)a, (__m128)b, (__m128)c)
#define wasm_f64x2_relaxed_madd(a, b, c) (V128) _mm_fmadd_pd((__m128d)a, (__m128d)b, (__m128d)c)
#define wasm_f64x2_relaxed_nmadd(a, b, c) (V128) _mm_fnmadd_pd((__m128d)a, (__m128d)b, (__m128d)c)
#else
#define wasm_f32x4_relaxed_madd(a, b, c) simde_wasm_f32x4_add(simde_wasm_f32x4_mul(a, b), c)
#define wasm_f32x4_relaxed_nmadd(a, b, c) simde_wasm_f32x4_sub(c, simde_wasm_f32x4_mul(a, b))
#define wasm_f64x2_relaxed_madd(a, b, c) simde_wasm_f64x2_add(simde_wasm_f64x2_mul(a, b), c)
#define wasm_f64x2_relaxed_nmadd(a, b, c) simde_wasm_f64x2_sub(c, simde_wasm_f64x2_mul(a, b))
#endif
#define wasm_f32x4_relaxed_min(a, b) (V128) _mm_min_ps((__m128)a, (__m128)b)
#define wasm_f32x4_relaxed_max(a, b) (V128) _mm_max_ps((__m128)a, (__m128)b)
#define wasm_f64x2_relaxed_min(a, b) (V128) _mm_min_pd((__m128d)a, (__m128d)b)
#define wasm_f64x2_relaxed_max(a, b) (V128) _mm_max_pd((__m128d)a, (__m128d)b)

#define wasm_i32x4_relaxed_trunc_f32x4(a) _mm_cvttps_epi32((__m128)a)
#define wasm_i32x4_relaxed_trunc_f64x2_zero(a) _mm_cvttpd_epi32((__m128d)a)
// What is below 2^31 is converted as it is; from the rest 2^31 is taken away first.
static inline V128 wasm_u32x4_relaxed_trunc_f32x4(V128 a) {
  V128 small = _mm_cvttps_epi32((__m128)a);
  V128 large = _mm_cvttps_epi32(_mm_sub_ps((__m128)a, _mm_set1_ps(2147483648.0f)));
  return _mm_or_si128(small, _mm_and_si128(large, _mm_srai_epi32(small, 31)));
}
#if defined(__SSE4_1__)
// With 2^52 added, the integer is the low half of the bits.
static inline V128 wasm_u32x4_relaxed_trunc_f64x2_zero(V128 a) {
  __m128d whole = _mm_round_pd((__m128d)a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
  __m128d bits = _mm_add_pd(whole, _mm_set1_pd(4503599627370496.0));
  return (V128)_mm_shuffle_ps((__m128)bits, _mm_setzero_ps(), 0x88);
}
#else
#define wasm_u32x4_relaxed_trunc_f64x2_zero simde_wasm_u32x4_trunc_sat_f64x2_zero
#endif

#else
#include <arm_neon.h>

#define simde_wasm_i8x16_swizzle(a, b) (V128) vqtbl1q_u8((uint8x16_t)a, (uint8x16_t)b)
#define wasm_i8x16_relaxed_swizzle simde_wasm_i8x16_swizzle
#define wasm_i8x16_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i16x8_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i32x4_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i64x2_relaxed_laneselect simde_wasm_v128_bitselect
#define wasm_i16x8_relaxed_q15mulr simde_wasm_i16x8_q15mulr_sat

static inline V128 wasm_i16x8_relaxed_dot_i8x16_i7x16(V128 a, V128 b) {
  int16x8_t low = vmull_s8(vget_low_s8((int8x16_t)a), vget_low_s8((int8x16_t)b));
  int16x8_t high = vmull_high_s8((int8x16_t)a, (int8x16_t)b);
  return (V128)vpaddq_s16(low, high);
}
static inline V128 wasm_i32x4_relaxed_dot_i8x16_i7x16_add(V128 a, V128 b, V128 c) {
  return vpadalq_s16(c, (int16x8_t)wasm_i16x8_relaxed_dot_i8x16_i7x16(a, b));
}

#define F32X4(vector) ((float32x4_t)(vector))
#define F64X2(vector) ((float64x2_t)(vector))
#define wasm_f32x4_relaxed_madd(a, b, c) (V128) vfmaq_f32(F32X4(c), F32X4(a), F32X4(b))
#define wasm_f32x4_relaxed_nmadd(a, b, c) (V128) vfmsq_f32(F32X4(c), F32X4(a), F32X4(b))
#define wasm_f64x2_relaxed_madd(a, b, c) (V128) vfmaq_f64(F64X2(c), F64X2(a), F64X2(b))
#define wasm_f64x2_relaxed_nmadd(a, b, c) (V128) vfmsq_f64(F64X2(c), F64X2(a), F64X2(b))
#define wasm_f32x4_relaxed_min(a, b) (V128) vminq_f32(F32X4(a), F32X4(b))
#define wasm_f32x4_relaxed_max(a, b) (V128) vmaxq_f32(F32X4(a), F32X4(b))
#define wasm_f64x2_relaxed_min(a, b) (V128) vminq_f64(F64X2(a), F64X2(b))
#define wasm_f64x2_relaxed_max(a, b) (V128) vmaxq_f64(F64X2(a), F64X2(b))

#define wasm_i32x4_relaxed_trunc_f32x4(a) (V128) vcvtq_s32_f32(F32X4(a))
#define wasm_u32x4_relaxed_trunc_f32x4(a) (V128) vcvtq_u32_f32(F32X4(a))
#define wasm_i32x4_relaxed_trunc_f64x2_zero(a) \
  (V128) vcombine_s32(vqmovn_s64(vcvtq_s64_f64(F64X2(a))), vdup_n_s32(0))
#define wasm_u32x4_relaxed_trunc_f64x2_zero(a) \
  (V128) vcombine_u32(vqmovn_u64(vcvtq_u64_f64(F64X2(a))), vdup_n_u32(0))

#endif
