#include "tiler/stylesheet/problem_list.hpp"

#include "tiler/expression/value.hpp"
#include "tiler/stylesheet/suggestion.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace relief::stylesheet {
namespace {

std::string wrong_sort(std::string_view name, const Json& found, std::string_view wanted) {
    return std::string(name) + " is " + std::string(sort_of(found)) + ", " + shown(found) + "; " +
           std::string(wanted) + " is needed";
}

std::string in_words(const ProblemList::Range& range) {
    const bool low = range.least > -std::numeric_limits<double>::infinity();
    const bool high = range.most < std::numeric_limits<double>::infinity();
    if (low && high)
        return "a number from " + expression::to_text(range.least) + " to " +
               expression::to_text(range.most);
    if (low) return "a number of at least " + expression::to_text(range.least);
    if (high) return "a number of at most " + expression::to_text(range.most);
    return "a number";
}

}  // namespace

const Json* find_member(const Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string_view sort_of(const Json& json) {
    switch (json.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::boolean: return "a boolean";
        case Json::value_t::string: return "a text";
        case Json::value_t::array: return "a list";
        case Json::value_t::object: return "an object";
        default: return "a number";
    }
}

std::string shown(const Json& json) {
    constexpr std::size_t longest = 60;
    constexpr std::size_t most_items = 8;
    const bool simple = std::none_of(
        json.begin(), json.end(), [](const Json& item) { return item.is_structured(); });
    if (json.is_structured() && (json.size() > most_items || !simple))
        return json.is_array() ? "[…]" : "{…}";
    if (json.is_string() && json.get_ref<const std::string&>().size() > longest)
        return "a long text";
    const std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
    return text.size() <= 4 * longest ? text : text.substr(0, longest) + "…";
}

void ProblemList::add(Problem problem) {
    // Counted apart: many notes do not hide an error.
    std::size_t& count = problem.severity == Severity::error ? errors_ : notes_;
    if (count++ < most_of_a_kind) problems_.push_back(std::move(problem));
}

std::optional<std::string> ProblemList::text(const Json& object,
                                             std::string_view name,
                                             const JsonPath& path) {
    const Json* const found = find_member(object, name);
    if (found == nullptr) return std::nullopt;
    if (found->is_string()) return found->get<std::string>();
    error(path / std::string(name), wrong_sort(name, *found, "a text"));
    return std::nullopt;
}

std::optional<bool> ProblemList::truth(const Json& object,
                                       std::string_view name,
                                       const JsonPath& path) {
    const Json* const found = find_member(object, name);
    if (found == nullptr) return std::nullopt;
    if (found->is_boolean()) return found->get<bool>();
    error(path / std::string(name), wrong_sort(name, *found, "true or false"));
    return std::nullopt;
}

std::optional<double> ProblemList::number(const Json& object,
                                          const NumberMember& member,
                                          const JsonPath& path) {
    const Json* const found = find_member(object, member.name);
    if (found == nullptr) return std::nullopt;
    const auto& range = member.range;
    if (found->is_number() && found->get<double>() >= range.least &&
        found->get<double>() <= range.most)
        return found->get<double>();
    error(path / std::string(member.name), wrong_sort(member.name, *found, in_words(range)));
    return std::nullopt;
}

void ProblemList::note_unknown(const Json& object,
                               std::span<const std::string_view> known,
                               const JsonPath& path) {
    for (const auto& [name, value] : object.items()) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        note(path / name,
             "\"" + name.substr(0, 100) + "\" has no meaning here" + did_you_mean(name, known));
    }
}

}  // namespace relief::stylesheet
