#include "server/service/legend_classes.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace relief::service {
namespace {

using stylesheet::Json;

std::string text_of(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    if (!json.is_array()) return json.dump();
    std::string text;
    for (const Json& one : json) text += (text.empty() ? "" : ", ") + text_of(one);
    return text;
}

class Classes {
public:
    explicit Classes(const Json& expression) : expression_(expression) {}

    void add_match() {
        for (std::size_t i = 2; i + 1 < expression_.size(); i += 2)
            add(text_of(expression_[i]), expression_[i + 1]);
        add("other", expression_.back());
    }

    void add_step() {
        add("below " + text_of(expression_[3]), expression_[2]);
        for (std::size_t i = 3; i + 1 < expression_.size(); i += 2) {
            const bool last = i + 2 >= expression_.size();
            add(last ? "from " + text_of(expression_[i])
                     : text_of(expression_[i]) + " to " + text_of(expression_[i + 2]),
                expression_[i + 1]);
        }
    }

    void add_interpolate() {
        for (std::size_t i = 3; i + 1 < expression_.size(); i += 2)
            add(text_of(expression_[i]), expression_[i + 1]);
    }

    /// Of densities only more and less mean something: the faintest colour that shows, and the
    /// last.
    void add_density() {
        add("few", expression_[expression_.size() > 6 ? 6 : 4]);
        add("many", expression_.back());
    }

    std::vector<LegendClass> take() && { return std::move(classes_); }

private:
    void add(std::string label, const Json& value) {
        if (value.is_string()) classes_.push_back({std::move(label), value.get<std::string>()});
    }

    const Json& expression_;
    std::vector<LegendClass> classes_;
};

}  // namespace

std::vector<LegendClass> legend_classes(const Json& value) {
    if (!value.is_array() || value.size() <= 4 || !value[0].is_string()) return {};
    const std::string word = value[0].get<std::string>();
    const Json zoom{"zoom"};
    Classes classes(value);
    if (word == "match") classes.add_match();
    if (word == "step" && value[1] != zoom) classes.add_step();
    if (word == "interpolate" && value[2] == Json{"heatmap-density"})
        classes.add_density();
    else if (word == "interpolate" && value[2] != zoom)
        classes.add_interpolate();
    return std::move(classes).take();
}

}  // namespace relief::service
