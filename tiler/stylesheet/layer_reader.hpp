#pragma once
// Layers from JSON.

#include "tiler/stylesheet/layer.hpp"
#include "tiler/stylesheet/problem_list.hpp"
#include "tiler/stylesheet/source.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>

namespace relief::stylesheet {

using Sources = std::map<std::string, Source, std::less<>>;

/// Reads the layers of one document, in their order.
class LayerReader {
public:
    struct Given {
        const Sources& sources;
        const Json& stated_sources;  ///< those that are broken have had their errors
        expression::PropertyKeys& keys;
        ProblemList& problems;
    };

    explicit LayerReader(const Given& given) : given_(given) {}

    /// Nothing, with errors, for what is no layer. A property that is broken is left out, with an
    /// error, and its default holds.
    std::optional<Layer> read(const Json& json, const JsonPath& path);

private:
    std::optional<LayerType> read_type(const Json& json, const JsonPath& path);
    bool read_id(const Json& json, const JsonPath& path, Layer& layer);
    void read_source_of(const Json& json, const JsonPath& path, Layer& layer);
    void check_source(const JsonPath& path, const Layer& layer, const Source& source);
    void read_zooms(const Json& json, const JsonPath& path, Layer& layer);
    void read_filter(const Json& json, const JsonPath& path, Layer& layer);
    void read_visibility(const Json& json, const JsonPath& path, Layer& layer);
    struct Group {
        const char* name;
        std::span<const PropertyRow> rows;
    };
    void read_properties(const Json& json, const Group& group, const JsonPath& path, Layer& layer);
    void read_property(const PropertyRow& row,
                       const Json& json,
                       const JsonPath& path,
                       Layer& layer);
    void fill_up(std::span<const PropertyRow> rows, Layer& layer);
    void explain_unknown(const std::string& name, const JsonPath& path, const Group& group);
    void add_errors(const std::vector<expression::ParseError>& errors, const JsonPath& path);

    Given given_;
    std::set<std::string> ids_;
    /// Compiled once a document.
    std::map<const PropertyRow*, std::optional<Property>> defaults_;
};

}  // namespace relief::stylesheet
