// Any bytes as the parameters of every algorithm, as its name, and as the formula that it works on.
#include "tiler/style/algorithm_request.hpp"
#include "tiler/style/legend.hpp"
#include "tiler/style/raster_style.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace relief;

constexpr std::size_t longest_refusal = 2000;

RasterDescription raster() {
    RasterDescription description;
    description.bands.resize(3);
    description.bands[0].title = "B03";
    description.bands[1].title = "B08";
    description.bands[2].title = "B12";
    description.bands[2].scale = 0.0001;
    description.bands[2].offset = -0.1;
    return description;
}

void check(const style::AlgorithmCall& call) {
    const auto& parameters = call.facts().parameters;
    if (call.values.size() != parameters.size()) std::abort();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const double value = call.values[i];
        if (std::isnan(value) ? !std::isnan(parameters[i].fallback)
                              : value < parameters[i].low || value > parameters[i].high)
            std::abort();
        if (!parameters[i].choices.empty() && call.choice(parameters[i].name).empty()) std::abort();
    }
}

void read(std::string_view name, const std::string& parameters) {
    const auto call = style::asked_algorithm({name, parameters});
    if (call && *call) check(**call);
    if (!call && call.error().what.size() > longest_refusal) std::abort();
}

void draw(const style::RasterWords& words) {
    const auto description = raster();
    const auto style = style::style_of(words, description);
    if (!style) return;
    if (style->bands.empty() || style->outputs() != 1) std::abort();
    if (to_json(legend_of(*style, description, "")).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    read(text, "{}");
    for (const auto& facts : style::algorithms()) {
        const std::string name(facts.name);
        read(name, text);
        draw({{{"algorithm", name}, {"algorithm_params", text}}});
    }
    draw({{{"algorithm", "difference"}, {"expression", text}}});
    draw({{{"algorithm", "threshold"},
           {"algorithm_params", R"({"value":1})"},
           {"expression", text}}});
    return 0;
}
