// relief.yaml, and what `config print` makes of it.

#include "tiler/workspace/configuration.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using relief::workspace::Configuration;

/// A secret is not printed, so it is the one thing that may be missing from what is read again.
bool same_values(const Configuration& one, const Configuration& other) {
    return std::all_of(one.settings.begin(), one.settings.end(), [&](const auto& stated) {
        const auto& [key, setting] = stated;
        const bool secret = key == "hooks" || key == "oidc.client_secret";
        return secret || other.settings.at(key).value == setting.value;
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    relief::workspace::ConfigurationInput input;
    input.file_text.assign(reinterpret_cast<const char*>(data), size);
    input.environment = {{"A", "value"}, {"B", "${A} # \"'"}};
    const auto first = relief::workspace::read_configuration(input);
    if (!first) {
        if (first.error().what.empty()) std::abort();
        return 0;
    }
    input.file_text = relief::workspace::to_yaml(*first);
    const auto second = relief::workspace::read_configuration(input);
    if (!second || !same_values(*first, *second)) std::abort();
    return 0;
}
