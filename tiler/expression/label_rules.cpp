// format, image, number-format.

#include "tiler/expression/conversion.hpp"
#include "tiler/expression/grammar.hpp"
#include "tiler/expression/number_format.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace relief::expression {
namespace {

/// Gives a value, or null where a part is left out.
Value optional_part(const NodePointer& part, const Run& run) {
    return part ? part->evaluate(run) : Value();
}

struct SectionParts {
    NodePointer content;
    NodePointer scale;
    NodePointer font;
    NodePointer color;
    NodePointer vertical_align;
};

std::vector<NodePointer> all_parts(const std::vector<SectionParts>& sections) {
    std::vector<NodePointer> parts;
    for (const SectionParts& each : sections) {
        for (const auto& part :
             {each.content, each.scale, each.font, each.color, each.vertical_align})
            if (part) parts.push_back(part);
    }
    return parts;
}

class Format final : public Node {
public:
    Format(const std::string& key, std::vector<SectionParts> sections)
        : Node({.type = Kind::formatted, .key = key, .children = all_parts(sections)}),
          sections_(std::move(sections)) {}

    Value evaluate(const Run& run) const override {
        const auto result = run.scratch().take<Section>(sections_.size());
        if (result.size() != sections_.size()) return run.out_of_room(key());
        for (std::size_t i = 0; i < result.size(); ++i) {
            const Value wrong = fill(run, sections_[i], result[i]);
            if (wrong.failed()) return wrong;
        }
        return Value::formatted(result);
    }

private:
    /// A failure, or null when the section is filled.
    Value fill(const Run& run, const SectionParts& parts, Section& section) const {
        const Value content = parts.content->evaluate(run);
        section = Section{"", {}, {}, {}, {}, optional_part(parts.vertical_align, run)};
        if (content.is(Kind::image)) {
            section.image = content;
            return first_failure({section.vertical_align});
        }
        const Value text = content.is(Kind::string) || content.failed()
                               ? content
                               : run.keep(*this, to_text(content));
        section.text = text.as_text();
        section.scale = optional_part(parts.scale, run);
        section.font_stack = joined_fonts(run, optional_part(parts.font, run));
        section.color = optional_part(parts.color, run);
        return first_failure(
            {text, section.scale, section.font_stack, section.color, section.vertical_align});
    }

    static Value first_failure(std::initializer_list<Value> values) {
        const auto* const found = std::find_if(
            values.begin(), values.end(), [](const Value& value) { return value.failed(); });
        return found == values.end() ? Value() : *found;
    }

    Value joined_fonts(const Run& run, const Value& fonts) const {
        if (!fonts.is(Kind::array)) return fonts;
        std::string stack;
        for (const Value& font : fonts.items()) {
            if (!stack.empty()) stack += ",";
            stack += font.as_text();
        }
        return run.keep(*this, stack);
    }

    std::vector<SectionParts> sections_;
};

/// Whether an option says something: absent, null, false, 0 and "" do not.
bool is_stated(const Json& options, const char* name) {
    const auto found = options.find(name);
    if (found == options.end() || found->is_null()) return false;
    if (found->is_string()) return !found->get_ref<const std::string&>().empty();
    return *found != false && *found != 0;
}

struct Option {
    const char* name;
    Type type;
    NodePointer* part;
};

/// False after an error. The part of an option that is not stated stays null.
bool parse_options(Parser& parser, const Json& options, const std::vector<Option>& known) {
    for (const Option& option : known) {
        if (!is_stated(options, option.name)) continue;
        *option.part = parser.parse_child(options[option.name], 1, {option.type});
        if (!*option.part) return false;
    }
    return true;
}

bool parse_section_options(Parser& parser, const Json& options, SectionParts& section) {
    const auto align = options.find("vertical-align");
    if (is_stated(options, "vertical-align") && align->is_string() && *align != "bottom" &&
        *align != "center" && *align != "top") {
        parser.fail("'vertical-align' must be one of: 'bottom', 'center', 'top' but found '" +
                    align->get<std::string>() + "' instead.");
        return false;
    }
    return parse_options(parser,
                         options,
                         {{"font-scale", Kind::number, &section.scale},
                          {"text-font", Type::array(Kind::string), &section.font},
                          {"text-color", Kind::color, &section.color},
                          {"vertical-align", Kind::string, &section.vertical_align}});
}

NodePointer parse_section(Parser& parser, const Json& json) {
    NodePointer content = parser.parse_child(json, 1, {Kind::value});
    if (!content) return nullptr;
    switch (content->type().kind()) {
        case Kind::string:
        case Kind::value:
        case Kind::null:
        case Kind::image: return content;
        default:
            return parser.fail("Formatted text type must be 'string', 'value', 'image' or 'null'.");
    }
}

NodePointer parse_format(Parser& parser, const Json& json) {
    if (json.size() < 2) return parser.fail("Expected at least one argument.");
    if (json[1].is_object()) return parser.fail("First argument must be an image or text section.");
    std::vector<SectionParts> sections;
    bool may_be_options = false;
    for (std::size_t i = 1; i < json.size(); ++i) {
        if (may_be_options && json[i].is_object()) {
            may_be_options = false;
            if (!parse_section_options(parser, json[i], sections.back())) return nullptr;
            continue;
        }
        NodePointer content = parse_section(parser, json[i]);
        if (!content) return nullptr;
        sections.push_back({std::move(content), nullptr, nullptr, nullptr, nullptr});
        may_be_options = true;
    }
    return std::make_shared<Format>(parser.key(), std::move(sections));
}

class Image final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        const Value name = child(0).evaluate(run);
        if (name.failed()) return name;
        if (name.as_text().empty()) return {};
        const bool there = run.with.images != nullptr && run.with.images->has(name.as_text());
        return Value::image(name.as_text(), there);
    }
};

NodePointer parse_image(Parser& parser, const Json& json) {
    if (json.size() != 2) return parser.fail("Expected one argument: the name of an image.");
    NodePointer name = parser.parse_child(json[1], 1, {Kind::string});
    if (!name) return parser.fail("No image name provided.");
    return std::make_shared<Image>(Node::Facts{.type = Kind::image,
                                               .key = parser.key(),
                                               .children = {std::move(name)},
                                               .reads = reads_surroundings});
}

struct NumberFormatParts {
    NodePointer number;
    NodePointer locale;
    NodePointer currency;
    NodePointer unit;
    NodePointer least;
    NodePointer most;

    std::vector<NodePointer> all() const {
        std::vector<NodePointer> parts;
        for (const auto& part : {number, locale, currency, unit, least, most})
            if (part) parts.push_back(part);
        return parts;
    }
};

class FormattedNumber final : public Node {
public:
    FormattedNumber(const std::string& key, NumberFormatParts parts)
        : Node({.type = Kind::string, .key = key, .children = parts.all()}),
          parts_(std::move(parts)) {}

    Value evaluate(const Run& run) const override {
        const Value number = parts_.number->evaluate(run);
        if (number.failed()) return number;
        NumberFormat format;
        for (const auto& [part, text] : {std::pair(&parts_.locale, &format.locale),
                                         std::pair(&parts_.currency, &format.currency),
                                         std::pair(&parts_.unit, &format.unit)}) {
            const Value value = optional_part(*part, run);
            if (value.failed()) return value;
            *text = value.as_text();
        }
        for (const auto& [part, digits] : {std::pair(&parts_.least, &format.least_fraction_digits),
                                           std::pair(&parts_.most, &format.most_fraction_digits)}) {
            const Value value = optional_part(*part, run);
            if (value.failed()) return value;
            if (!value.is_null()) *digits = value.as_number();
        }
        const auto text = format_number(number.as_number(), format);
        if (!text) return run.fail(key(), [&] { return text.error().what; });
        return run.keep(*this, *text);
    }

private:
    NumberFormatParts parts_;
};

NodePointer parse_number_format(Parser& parser, const Json& json) {
    if (json.size() != 3) return parser.fail("Expected two arguments.");
    NumberFormatParts parts;
    parts.number = parser.parse_child(json[1], 1, {Kind::number});
    if (!parts.number) return nullptr;
    if (!json[2].is_object())
        return parser.fail("NumberFormat options argument must be an object.");
    const bool read = parse_options(parser,
                                    json[2],
                                    {{"locale", Kind::string, &parts.locale},
                                     {"currency", Kind::string, &parts.currency},
                                     {"unit", Kind::string, &parts.unit},
                                     {"min-fraction-digits", Kind::number, &parts.least},
                                     {"max-fraction-digits", Kind::number, &parts.most}});
    if (!read) return nullptr;
    if (parts.currency && parts.unit)
        return parser.fail("NumberFormat options `currency` and `unit` are mutually exclusive");
    return std::make_shared<FormattedNumber>(parser.key(), std::move(parts));
}

constexpr std::array<Rule, 3> label_table{{
    {"format", parse_format},
    {"image", parse_image},
    {"number-format", parse_number_format},
}};

}  // namespace

std::span<const Rule> label_rules() {
    return label_table;
}

}  // namespace relief::expression
