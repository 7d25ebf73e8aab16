#include "server/command/usage.hpp"

#include "tiler/style/words.hpp"
#include "tiler/workspace/configuration.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::command {
namespace {

constexpr std::size_t verb_width = 10;

class HelpForm final : public CLI::Formatter {
public:
    std::string make_help(const CLI::App* app,
                          std::string name,
                          CLI::AppFormatMode mode) const override {
        if (app->get_parent() != nullptr) return Formatter::make_help(app, std::move(name), mode);
        return make_description(app) + '\n' + make_usage(app, std::move(name)) +
               make_subcommands(app, mode) + make_groups(app, mode) + make_footer(app);
    }
    std::string make_subcommand(const CLI::App* verb) const override {
        const std::string description = verb->get_description();
        std::string line = "  " + verb->get_name();
        line.resize(std::max(line.size() + 2, verb_width + 2), ' ');
        return line + description.substr(0, description.find('\n')) + '\n';
    }
};

/// Letters to put in, take away or change until one word is the other (Levenshtein).
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t before = std::exchange(row[0], i + 1);
        for (std::size_t k = 0; k < to.size(); ++k) {
            const std::size_t changed = before + (from[i] == to[k] ? 0 : 1);
            before = row[k + 1];
            row[k + 1] = std::min({changed, row[k] + 1, row[k + 1] + 1});
        }
    }
    return row.back();
}

/// The closest name, where it is close enough to be meant: a third of the letters may be wrong.
std::string nearest_name(std::string_view word, const std::vector<std::string>& names) {
    constexpr std::size_t longest = 40;
    if (word.size() > longest) return {};
    const auto off = [word](const std::string& name) { return distance(word, name); };
    const auto best = std::min_element(
        names.begin(), names.end(), [&](const auto& a, const auto& b) { return off(a) < off(b); });
    const std::size_t allowed = std::max<std::size_t>(1, (word.size() + 1) / 3);
    return best == names.end() || off(*best) > allowed ? std::string() : *best;
}

std::vector<std::string> verbs_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* verb :
         app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
        names.push_back(verb->get_name());
    return names;
}

/// Those of the verb and of all that stands above it.
std::vector<std::string> options_of(const CLI::App& verb) {
    std::vector<std::string> names;
    for (const CLI::App* app = &verb; app != nullptr; app = app->get_parent())
        for (const CLI::Option* option : app->get_options())
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

/// The verb that was called last: "check" of `relief style check`.
const CLI::App& called(const CLI::App& app) {
    const CLI::App* verb = &app;
    while (!verb->get_subcommands().empty()) verb = verb->get_subcommands().back();
    return *verb;
}

std::string joined_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string no_such_verb(const CLI::App& app, const std::string& word) {
    const auto verbs = verbs_of(app);
    const std::string meant = nearest_name(word, verbs);
    return "there is no verb \"" + word.substr(0, 100) + "\"; " +
           (meant.empty() ? "there are " + joined_names(verbs) : "did you mean " + meant + "?");
}

std::string no_such_option(const CLI::App& verb, const std::string& word) {
    const std::string name = word.substr(0, word.find('='));
    const std::string meant = nearest_name(name, options_of(verb));
    return "there is no option " + name.substr(0, 100) + "; " +
           (meant.empty() ? "--help lists those there are" : "did you mean " + meant + "?");
}

/// "--cache-size": as people write options.
std::string dashed(std::string key) {
    std::replace(key.begin(), key.end(), '_', '-');
    return "--" + key;
}

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_form() {
    return std::make_shared<HelpForm>();
}

CLI::Validator number_within(double low, double high) {
    const std::string range = style::shortest(low) + " to " + style::shortest(high);
    return {[low, high, range](const std::string& text) {
                const auto number = style::parse_number(text);
                return number && *number >= low && *number <= high
                           ? std::string()
                           : "\"" + text + "\" is out of range; it is a number from " + range;
            },
            range};
}

std::string configuration_pointer() {
    return "Configuration: every key of relief.yaml is an option too, such as\n"
           "  --listen 127.0.0.1:8080  --workers N  --cache-size 512MB  --log json\n"
           "`relief config --help` lists them all, `relief config print` tells their values.";
}

std::string configuration_help() {
    constexpr std::size_t width = 40;
    std::string text =
        "Keys: a line of relief.yaml, a variable (RELIEF_CACHE_SIZE, RELIEF_LIMITS__BODY) or an "
        "option of any verb:\n";
    for (const auto& key : workspace::known_keys()) {
        if (!key.takes_effect) continue;
        std::string line = "  " + dashed(key.name);
        line.resize(std::max(line.size() + 2, width), ' ');
        text += line + key.meaning;
        if (!key.default_value.empty()) text += " [" + key.default_value + "]";
        text += '\n';
    }
    return text;
}

std::string unknown_word(const CLI::App& app) {
    const auto extra = app.remaining(true);
    const CLI::App& verb = called(app);
    for (const std::string& word : extra) {
        if (word.starts_with("--") && word.size() > 2) return no_such_option(verb, word);
        if (!word.starts_with("-") && !verbs_of(verb).empty()) return no_such_verb(verb, word);
    }
    return {};
}

}  // namespace relief::command
