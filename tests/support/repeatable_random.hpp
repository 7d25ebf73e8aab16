#pragma once
// Random numbers that are the same in every run, so that a failure can be looked at again.

#include <cstdint>
#include <random>

namespace relief::testing {

inline std::mt19937 repeatable_random(std::uint32_t seed) {
    return std::mt19937(seed);
}

}  // namespace relief::testing
