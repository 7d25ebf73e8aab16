#pragma once
// Reads the members of a JSON object that cannot be trusted: the first thing wrong is kept.

#include "tiler/core/boxes.hpp"
#include "tiler/core/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::workspace {

template <typename Enum>
struct Name {
    std::string_view text;
    Enum value;
};
template <typename Enum, std::size_t count>
using Names = std::array<Name<Enum>, count>;

template <typename Enum, std::size_t count>
std::string_view name_of(const Names<Enum, count>& names, Enum value) {
    return std::find_if(
               names.begin(), names.end(), [&](const auto& name) { return name.value == value; })
        ->text;
}

struct Integers {
    std::int64_t low;
    std::int64_t high;
};

/// NaN and infinities, which JSON lacks, as texts.
nlohmann::json write_number(double value);
std::optional<double> read_number(const nlohmann::json& value);
std::optional<std::int64_t> read_integer(const nlohmann::json& value, Integers range);

/// A member that is missing or wrong gives an empty value and sets the problem, naming the member.
/// The object and the problem must outlive this.
class Members {
public:
    Members(const nlohmann::json& object, std::string path, std::optional<Error>& problem);

    bool good() const noexcept { return !problem_->has_value(); }
    void fail(std::string_view name, std::string_view what);

    bool has(const char* name) const;
    const nlohmann::json& any(const char* name);
    double number(const char* name);  ///< NaN and infinities too
    double finite(const char* name);
    std::int64_t integer(const char* name, Integers range);
    bool boolean(const char* name);
    std::string text(const char* name, std::size_t longest);
    const nlohmann::json& list(const char* name, std::size_t longest);
    Members object(const char* name);
    Members entry(const char* list, std::size_t index);

    template <typename Enum, std::size_t count>
    Enum word(const char* name, const Names<Enum, count>& names) {
        const std::string written = text(name, 64);
        for (const auto& known : names) {
            if (known.text == written) return known.value;
        }
        fail(name, "is not a known word");
        return names.front().value;
    }

private:
    const nlohmann::json* object_;
    std::string path_;
    std::optional<Error>* problem_;
};

/// A list of exactly `count` numbers.
std::vector<double> read_numbers(Members& from, const char* name, std::size_t count);

/// [west, south, east, north]
nlohmann::json write_box(const LonLatBox& box);
LonLatBox read_box(Members& from, const char* name);

}  // namespace relief::workspace
