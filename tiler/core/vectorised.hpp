#pragma once
// Inner loops compiled twice: for the machine at hand, and for every machine.

/// Before a function of plain loops: it is compiled for AVX2 too, and the loader takes that one
/// where the machine has it. AVX2 comes without fused multiply-add, so that sums are rounded alike
/// and pictures are the same everywhere. Not under sanitizers, whose runtime starts after the
/// loader chooses, nor for clang, which here only reads and fuzzes.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RELIEF_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define RELIEF_VECTORISED
#endif
