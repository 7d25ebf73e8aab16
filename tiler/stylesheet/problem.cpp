#include "tiler/stylesheet/problem.hpp"

#include <charconv>
#include <string_view>

namespace relief::stylesheet {

JsonPath JsonPath::then(Step step) const {
    JsonPath longer = *this;
    longer.steps_.push_back(std::move(step));
    return longer;
}

JsonPath JsonPath::operator+(const std::string& items) const {
    JsonPath longer = *this;
    std::string_view rest = items;
    while (rest.starts_with('[')) {
        std::size_t item = 0;
        const auto read = std::from_chars(rest.data() + 1, rest.data() + rest.size(), item);
        if (read.ec != std::errc{}) break;
        longer.steps_.emplace_back(item);
        rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
        if (rest.starts_with(']')) rest.remove_prefix(1);
    }
    return longer;
}

std::string JsonPath::text() const {
    std::string text;
    for (const Step& step : steps_) {
        if (const auto* const item = std::get_if<std::size_t>(&step))
            text += "[" + std::to_string(*item) + "]";
        else
            text += (text.empty() ? "" : ".") + std::get<std::string>(step);
    }
    return text.empty() ? "the document" : text;
}

}  // namespace relief::stylesheet
