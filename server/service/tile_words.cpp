// The words of a request over those of its layer, and names for answers.

#include "server/service/tile_service.hpp"

#include <algorithm>

namespace relief::service {

std::string names_of(const std::vector<pipeline::SkippedScene>& skipped) {
    constexpr std::size_t most = 20;
    std::string names;
    for (std::size_t i = 0; i < skipped.size() && i < most; ++i)
        names += (i == 0 ? "" : ", ") + skipped[i].name;
    if (skipped.size() > most) names += ", and " + std::to_string(skipped.size() - most) + " more";
    return names;
}

style::RasterWords drawing_words(const workspace::Layer& layer,
                                 const style::RasterWords& asked,
                                 Pick pick) {
    if (!layer.newest().mosaic || pick != Pick::count) return merged_words(layer, asked);
    style::RasterWords words = asked;
    if (!words.find("colormap", "colormap_name") && !words.find("algorithm"))
        words.words.emplace_back("colormap", "viridis");
    return words;
}

style::RasterWords merged_words(const workspace::Layer& layer, const style::RasterWords& asked) {
    style::RasterWords words = asked;
    // Synonyms and exclusive pairs: bands given by the request must silence a saved expression, and
    // the reverse.
    const auto given = [&](std::string_view name) {
        return std::any_of(asked.words.begin(), asked.words.end(), [&](const auto& word) {
            return word.first == name;
        });
    };
    const bool other_algorithm = given("algorithm");
    const bool other_bands =
        given("bands") || given("bidx") || given("expression") || other_algorithm;
    const bool other_colours = given("colormap") || given("colormap_name");
    for (const auto& word : layer.style_words) {
        const bool of_bands =
            word.first == "bands" || word.first == "bidx" || word.first == "expression";
        const bool of_values = word.first == "rescale";
        const bool of_colours = word.first == "colormap" || word.first == "colormap_name";
        const bool of_algorithm = word.first == "algorithm" || word.first == "algorithm_params";
        // Saved ranges and colours belong to the saved bands, as does what is done with them.
        if (other_bands && (of_bands || of_values || of_colours || of_algorithm)) continue;
        if (other_colours && of_colours) continue;
        if (given(word.first)) continue;
        words.words.push_back(word);
    }
    return words;
}

}  // namespace relief::service
