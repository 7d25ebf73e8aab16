#pragma once
// Is a cell data, or is it the number that stands for "no data"?

#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

namespace relief::source {

/// NaN is never data. A nodata number that the cell's type cannot hold matches nothing. Float32
/// files often state their nodata with fewer digits than the cells have (-3.40282e+38), so those
/// are compared within 1e-5.
template <typename Cell>
class CellTest {
public:
    explicit CellTest(std::optional<double> nodata) noexcept {
        if (!nodata || std::isnan(*nodata)) return;
        if constexpr (std::is_integral_v<Cell>) {
            const bool fits = *nodata >= static_cast<double>(std::numeric_limits<Cell>::lowest()) &&
                              *nodata <= static_cast<double>(std::numeric_limits<Cell>::max()) &&
                              std::floor(*nodata) == *nodata;
            if (!fits) return;
            low_ = high_ = static_cast<Cell>(*nodata);
        } else {
            const double slack = std::is_same_v<Cell, float> ? std::abs(*nodata) * 1e-5 : 0;
            low_ = clamped(*nodata - slack);
            high_ = clamped(*nodata + slack);
        }
        has_ = true;
    }

    bool valid(Cell cell) const noexcept {
        if constexpr (std::is_floating_point_v<Cell>) {
            if (std::isnan(cell)) return false;
        }
        return !has_ || cell < low_ || cell > high_;
    }

private:
    static Cell clamped(double value) noexcept {
        constexpr auto most = static_cast<double>(std::numeric_limits<Cell>::max());
        if (value > most) return std::numeric_limits<Cell>::infinity();
        if (value < -most) return -std::numeric_limits<Cell>::infinity();
        return static_cast<Cell>(value);
    }

    bool has_ = false;
    Cell low_{};
    Cell high_{};
};

}  // namespace relief::source
