#include "tiler/workspace/variables.hpp"

#include "tiler/workspace/configuration.hpp"

#include <unistd.h>

namespace relief::workspace {

Result<std::string> expand(std::string_view text, const Variables& variables) {
    std::string result;
    while (!text.empty()) {
        if (text.starts_with("$${")) {
            result += "${";
            text.remove_prefix(3);
        } else if (text.starts_with("${")) {
            const std::size_t end = text.find('}');
            if (end == std::string_view::npos) return bad_request(R"("${" without "}")");
            const std::string name(text.substr(2, end - 2));
            const auto found = variables.find(name);
            if (found == variables.end()) {
                return bad_request("the variable " + name.substr(0, 80) + " is not set");
            }
            result += found->second;
            text.remove_prefix(end + 1);
        } else {
            result += text.front();
            text.remove_prefix(1);
        }
    }
    return result;
}

std::string unexpanded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${")) result += '$';
        result += text[i];
    }
    return result;
}

std::map<std::string, std::string> process_environment() {
    Variables variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) continue;
        variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

}  // namespace relief::workspace
