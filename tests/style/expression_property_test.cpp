// Random formulas, written and computed by two programs that share nothing.
#include "tests/style/rasters.hpp"
#include "tests/support/repeatable_random.hpp"
#include "tiler/style/band_expression.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>

namespace relief::style {
namespace {

using Cell = std::array<double, 3>;

/// A formula as text and as a function of one cell.
struct Twin {
    std::string text;
    std::function<double(const Cell&)> value;
};

bool known(double a, double b) {
    return !std::isnan(a) && !std::isnan(b);
}

class Author {
public:
    explicit Author(unsigned seed) : random_(seed) {}

    Twin formula(int depth) {
        if (depth == 0) return leaf();
        switch (pick(5)) {
            case 0: return one(depth);
            case 1:
            case 2: return two(depth);
            case 3: return compared(depth);
            default: return chosen(depth);
        }
    }

    double number() { return std::round(std::uniform_real_distribution(-20.0, 20.0)(random_)) / 4; }

private:
    int pick(int count) { return std::uniform_int_distribution(0, count - 1)(random_); }

    Twin leaf() {
        if (pick(2) == 0) {
            const auto band = static_cast<std::size_t>(pick(3));
            const std::array<const char*, 3> names{"b1", "b2", "b3"};
            return {names.at(band), [band](const Cell& c) { return c.at(band); }};
        }
        const double value = std::abs(number());
        return {std::to_string(value), [value](const Cell&) { return value; }};
    }

    Twin one(int depth) {
        const auto inner = formula(depth - 1);
        const auto f = inner.value;
        switch (pick(5)) {
            case 0: return {"-(" + inner.text + ")", [f](const Cell& c) { return -f(c); }};
            case 1:
                return {"abs(" + inner.text + ")", [f](const Cell& c) { return std::fabs(f(c)); }};
            case 2:
                return {"sqrt(" + inner.text + ")", [f](const Cell& c) { return std::sqrt(f(c)); }};
            case 3:
                return {"floor(" + inner.text + ")",
                        [f](const Cell& c) { return std::floor(f(c)); }};
            default:
                return {"!(" + inner.text + ")", [f](const Cell& c) {
                            const double a = f(c);
                            return std::isnan(a) ? nan : static_cast<double>(a == 0);
                        }};
        }
    }

    Twin joined(const std::string& symbol, int depth, std::function<double(double, double)> how) {
        const auto left = formula(depth - 1);
        const auto right = formula(depth - 1);
        return {"(" + left.text + ")" + symbol + "(" + right.text + ")",
                [f = left.value, g = right.value, how = std::move(how)](const Cell& c) {
                    return how(f(c), g(c));
                }};
    }

    Twin two(int depth) {
        switch (pick(4)) {
            case 0: return joined("+", depth, std::plus<>());
            case 1: return joined("-", depth, std::minus<>());
            case 2: return joined("*", depth, std::multiplies<>());
            default: return joined("/", depth, std::divides<>());
        }
    }

    Twin compared(int depth) {
        switch (pick(4)) {
            case 0:
                return joined(">", depth, [](double a, double b) {
                    return known(a, b) ? static_cast<double>(a > b) : nan;
                });
            case 1:
                return joined("<=", depth, [](double a, double b) {
                    return known(a, b) ? static_cast<double>(a <= b) : nan;
                });
            case 2:
                return joined("==", depth, [](double a, double b) {
                    return known(a, b) ? static_cast<double>(a == b) : nan;
                });
            default:
                return joined("&", depth, [](double a, double b) {
                    return known(a, b) ? static_cast<double>(a != 0 && b != 0) : nan;
                });
        }
    }

    Twin chosen(int depth) {
        const auto condition = formula(depth - 1);
        const auto yes = formula(depth - 1);
        const auto no = formula(depth - 1);
        return {"where(" + condition.text + "," + yes.text + "," + no.text + ")",
                [f = condition.value, g = yes.value, h = no.value](const Cell& c) {
                    const double asked = f(c);
                    if (std::isnan(asked)) return nan;
                    return asked != 0 ? g(c) : h(c);
                }};
    }

    std::mt19937 random_;
};

/// One column for each output.
std::vector<std::vector<double>> evaluated(const BandExpression& expression,
                                           const std::vector<Cell>& cells) {
    std::vector<std::vector<double>> columns;
    for (const int band : expression.bands()) {
        columns.emplace_back();
        for (const auto& cell : cells)
            columns.back().push_back(cell.at(static_cast<std::size_t>(band - 1)));
    }
    const std::vector<std::span<const double>> inputs(columns.begin(), columns.end());
    std::vector<std::vector<double>> values(expression.outputs(),
                                            std::vector<double>(cells.size()));
    expression.evaluate(inputs, std::vector<std::span<double>>(values.begin(), values.end()));
    return values;
}

void expect_same(double actual, double computed, const std::string& text) {
    if (std::isfinite(computed))
        ASSERT_EQ(actual, computed) << text;
    else
        ASSERT_TRUE(std::isnan(actual)) << text << " gives " << actual;
}

TEST(ExpressionProperty, RandomFormulasAgreeWithAPlainInterpreterToTheLastBit) {
    Author author(20240117);
    std::vector<Cell> cells(700);
    for (auto& cell : cells) cell = {author.number(), author.number(), author.number()};
    cells[3][1] = nan;
    cells[600] = {0, 0, 0};

    int compared = 0;
    for (int round = 0; round < 2000; ++round) {
        const auto twin = author.formula(1 + round % 4);
        const auto expression = BandExpression::parse(twin.text, 3);
        if (!expression) {
            // The author may write a formula without bands or of over 1000 characters.
            const bool allowed = twin.text.size() > ExpressionLimits{}.characters ||
                                 twin.text.find('b') == std::string::npos ||
                                 expression.error().what.find("names no band") != std::string::npos;
            ASSERT_TRUE(allowed) << twin.text << ": " << expression.error().what;
            continue;
        }
        const auto results = evaluated(*expression, cells).front();
        for (std::size_t i = 0; i < cells.size(); ++i)
            expect_same(results[i], twin.value(cells[i]), twin.text);
        ++compared;
    }
    EXPECT_GT(compared, 1200);
}

TEST(ExpressionProperty, NoTextDoesHarm) {
    constexpr std::array<std::string_view, 34> parts{
        "b1", "b2", "b3", "b4", "1", "0", "2.5",  "1e9",  "+",      "-",       "*",  "/",
        "**", "^",  "%",  "(",  ")", "(", ")",    "<",    ">=",     "==",      "!=", "!",
        "&",  "|",  ",",  ";",  " ", "e", "min(", "log(", "where(", "\xc3\x97"};
    auto random = testing::repeatable_random(7);
    int accepted = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        const auto length = std::uniform_int_distribution<std::size_t>(1, 9)(random);
        for (std::size_t i = 0; i < length; ++i)
            text +=
                parts.at(std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random));
        const auto expression = BandExpression::parse(text, 3);
        if (!expression) {
            EXPECT_FALSE(expression.error().what.empty());
            continue;
        }
        ++accepted;
        for (const auto& output : evaluated(*expression, {{1, -2, nan}, {0, 0, 0}}))
            for (const double value : output) EXPECT_FALSE(std::isinf(value)) << text;
    }
    EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace relief::style
