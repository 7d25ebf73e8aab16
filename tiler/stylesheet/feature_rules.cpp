#include "tiler/stylesheet/feature_rules.hpp"

#include <nlohmann/json.hpp>

#include <utility>
#include <variant>

namespace relief::stylesheet {
namespace {

/// More would be no style, and cost every cluster.
constexpr std::size_t most_properties = 100;

class RulesReader {
public:
    explicit RulesReader(ProblemList& problems) : problems_(problems) {}

    std::optional<expression::Expression> compiled(const expression::Compiled& made,
                                                   const JsonPath& path) const {
        if (const auto* const good = std::get_if<expression::Expression>(&made)) return *good;
        for (const auto& error : std::get<std::vector<expression::ParseError>>(made))
            problems_.error(path + error.key, error.message);
        return std::nullopt;
    }

    std::optional<ClusterProperty> property(const std::string& name,
                                            const Json& stated,
                                            const JsonPath& path) const {
        if (!stated.is_array() || stated.size() != 2) {
            problems_.error(path,
                            "a cluster property is [operator, expression of each feature], or "
                            "[expression of [\"accumulated\"] and the next, expression of each "
                            "feature]");
            return std::nullopt;
        }
        const Json together =
            stated[0].is_string()
                ? Json::array({stated[0], Json::array({"accumulated"}), Json::array({"get", name})})
                : stated[0];
        expression::PropertySpec any;
        any.of_zoom = false;
        expression::PropertyKeys keys;
        const auto one = compiled(expression::compile(stated[1], any, keys), path / 1);
        const auto sum = compiled(expression::compile(together, any, keys), path / std::size_t{0});
        if (!one || !sum) return std::nullopt;
        return ClusterProperty{name, *one, *sum};
    }

private:
    ProblemList& problems_;
};

}  // namespace

FeatureRules read_feature_rules(const Json& source, const JsonPath& path, ProblemList& problems) {
    FeatureRules rules;
    const RulesReader reader(problems);
    expression::PropertyKeys keys;
    if (const Json* const filter = find_member(source, "filter");
        filter != nullptr && !filter->is_null())
        rules.filter = reader.compiled(expression::compile_filter(*filter, keys), path / "filter");
    const Json* const properties = find_member(source, "clusterProperties");
    if (properties == nullptr) return rules;
    const auto place = path / "clusterProperties";
    if (!properties->is_object() || properties->size() > most_properties) {
        problems.error(place, "cluster properties are an object of at most 100 names");
        return rules;
    }
    for (const auto& [name, stated] : properties->items())
        if (auto property = reader.property(name, stated, place / name))
            rules.cluster_properties.push_back(std::move(*property));
    return rules;
}

}  // namespace relief::stylesheet
