#include "tiler/core/abbreviated_count.hpp"

#include <string>

namespace relief {

AttributeValue abbreviated_count(std::uint64_t count) {
    if (count < 1000) return static_cast<std::int64_t>(count);
    if (count >= 10000) return std::to_string((count + 500) / 1000) + "k";
    const std::uint64_t tenths = (count + 50) / 100;
    const std::string rest = tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
    return std::to_string(tenths / 10) + rest + "k";
}

}  // namespace relief
