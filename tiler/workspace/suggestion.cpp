#include "tiler/workspace/suggestion.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace relief::workspace {
namespace {

struct Words {
    std::string_view written;
    std::string_view meant;
};

/// Letters to insert, drop, change or swap with their neighbour to get from one word to the other
/// (Damerau 1964, Levenshtein 1966; no letter is touched twice).
std::size_t distance(Words words) {
    const std::string_view a = words.written;
    const std::string_view b = words.meant;
    std::vector<std::vector<std::size_t>> steps(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    std::iota(steps[0].begin(), steps[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        steps[i][0] = i;
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t change = a[i - 1] == b[k - 1] ? 0 : 1;
            steps[i][k] =
                std::min({steps[i - 1][k] + 1, steps[i][k - 1] + 1, steps[i - 1][k - 1] + change});
            const bool swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
            if (swapped) steps[i][k] = std::min(steps[i][k], steps[i - 2][k - 2] + 1);
        }
    }
    return steps[a.size()][b.size()];
}

/// "body" is as near to "limits.body" as to "body": people forget the section.
std::size_t distance_to_key(Words words) {
    const std::size_t dot = words.meant.rfind('.');
    const std::size_t whole = distance(words);
    if (dot == std::string_view::npos) return whole;
    const std::size_t own = words.written.rfind('.');
    const std::string_view last =
        own == std::string_view::npos ? words.written : words.written.substr(own + 1);
    return std::min(whole, distance({last, words.meant.substr(dot + 1)}));
}

}  // namespace

std::string suggest(std::string_view unknown, std::span<const std::string_view> known) {
    constexpr std::size_t longest_key = 64;  // beyond it nothing can be near
    if (unknown.empty() || unknown.size() > longest_key) return {};
    std::string_view nearest;
    std::size_t best = std::max<std::size_t>(1, unknown.size() / 3) + 1;
    for (const std::string_view name : known) {
        const std::size_t steps = distance_to_key({unknown, name});
        if (steps >= best) continue;
        best = steps;
        nearest = name;
    }
    return nearest.empty() ? std::string{} : "; did you mean " + std::string(nearest) + "?";
}

}  // namespace relief::workspace
