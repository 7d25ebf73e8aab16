#include "tiler/expression/filter_writing.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace relief::expression {
namespace {

enum class Writing : std::uint8_t { old_way, new_way, either };

bool names_itself(const Json& key) {
    return key == "$id" || key == "$type";
}

Writing writing_of(const Json& filter);

Writing writing_of_parts(const Json& filter) {
    Writing result = Writing::either;
    for (std::size_t i = 1; i < filter.size(); ++i) {
        const Writing part = writing_of(filter[i]);
        if (part == Writing::new_way) return part;
        if (part == Writing::old_way) result = part;
    }
    return result;
}

Writing writing_of_has(const Json& filter) {
    if (filter.size() < 2 || names_itself(filter[1])) return Writing::old_way;
    return filter.size() == 2 ? Writing::either : Writing::new_way;
}

Writing writing_of_in(const Json& filter) {
    const bool is_new = filter.size() >= 3 && (!filter[1].is_string() || filter[2].is_array());
    return is_new ? Writing::new_way : Writing::old_way;
}

Writing writing_of_comparison(const Json& filter) {
    const bool is_new = filter.size() != 3 || filter[1].is_array() || filter[2].is_array();
    return is_new ? Writing::new_way : Writing::old_way;
}

Writing writing_of(const Json& filter) {
    if (filter.is_boolean()) return Writing::either;
    if (!filter.is_array() || filter.empty()) return Writing::old_way;
    if (!filter[0].is_string()) return Writing::new_way;
    const auto& name = filter[0].get_ref<const std::string&>();
    if (name == "has") return writing_of_has(filter);
    if (name == "in") return writing_of_in(filter);
    if (name == "!in" || name == "!has" || name == "none") return Writing::old_way;
    if (is_filter_comparison(name)) return writing_of_comparison(filter);
    if (name == "any" || name == "all") return writing_of_parts(filter);
    return Writing::new_way;
}

}  // namespace

bool is_filter_comparison(const std::string& name) {
    constexpr std::array<std::string_view, 6> comparisons{"==", "!=", ">", ">=", "<", "<="};
    return std::find(comparisons.begin(), comparisons.end(), name) != comparisons.end();
}

bool is_legacy_filter(const Json& filter) {
    return writing_of(filter) == Writing::old_way;
}

}  // namespace relief::expression
