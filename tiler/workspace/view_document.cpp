#include "tiler/workspace/view_document.hpp"

#include "tiler/workspace/file_names.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace relief::workspace {
namespace {

/// Elements whose text names a dataset (GDAL's VRT and warped VRT documents).
constexpr std::array<std::string_view, 4> naming_elements{
    "sourcefilename", "sourcedataset", "dempath", "destinationdataset"};
/// Items of metadata that do (geolocation arrays).
constexpr std::array<std::string_view, 2> naming_keys{"x_dataset", "y_dataset"};

struct Element {
    std::string name;        ///< in lower case; of an end tag with "/" before it
    std::string attributes;  ///< as written
    std::string text;        ///< up to the next tag, entities decoded
};

/// The five entities that XML has, and characters by number below 128; others stay.
std::string decoded_text(std::string_view text) {
    struct Entity {
        std::string_view name;
        char letter;
    };
    constexpr std::array<Entity, 5> entities{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    std::string result;
    while (!text.empty()) {
        const auto found = std::find_if(entities.begin(), entities.end(), [&](const Entity& one) {
            return text.starts_with(one.name);
        });
        result.push_back(found == entities.end() ? text.front() : found->letter);
        text.remove_prefix(found == entities.end() ? 1 : found->name.size());
    }
    return result;
}

std::string_view trimmed_text(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// Walks the tags of a document.
class TagScanner {
public:
    explicit TagScanner(std::string_view document) : rest_(document) {}

    /// None at the end, or where the document is no XML that we read.
    std::optional<Element> next() {
        for (;;) {
            const std::size_t open = rest_.find('<');
            if (open == std::string_view::npos) return std::nullopt;
            rest_.remove_prefix(open + 1);
            if (skip("!--", "-->") || skip("?", ">")) continue;
            // CDATA and declarations could hide a name from us that GDAL sees.
            if (rest_.starts_with('!')) {
                strange_ = true;
                return std::nullopt;
            }
            return element();
        }
    }
    bool strange() const noexcept { return strange_; }

private:
    bool skip(std::string_view begin, std::string_view end) {
        if (!rest_.starts_with(begin)) return false;
        const std::size_t close = rest_.find(end, begin.size());
        rest_.remove_prefix(close == std::string_view::npos ? rest_.size() : close + end.size());
        return true;
    }
    std::optional<Element> element() {
        const std::size_t close = end_of_tag();
        if (close == std::string_view::npos) {
            strange_ = true;
            return std::nullopt;
        }
        const std::string_view tag = rest_.substr(0, close);
        rest_.remove_prefix(close + 1);
        const std::size_t name_end = std::min(tag.find_first_of(" \t\r\n"), tag.size());
        std::string name = lower_case(tag.substr(0, name_end));
        if (name.size() > 1 && name.ends_with('/')) name.pop_back();
        const std::string_view text = rest_.substr(0, std::min(rest_.find('<'), rest_.size()));
        return Element{
            std::move(name), std::string(tag.substr(name_end)), decoded_text(trimmed_text(text))};
    }
    /// The ">" that is not inside an attribute's value.
    std::size_t end_of_tag() const {
        char quote = 0;
        for (std::size_t i = 0; i < rest_.size(); ++i) {
            const char c = rest_[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i;
            }
        }
        return std::string_view::npos;
    }

    std::string_view rest_;
    bool strange_ = false;
};

/// The value of an attribute, in lower case; empty when it is not there.
std::string attribute_of(const Element& element, std::string_view name) {
    const std::string all = lower_case(element.attributes);
    std::size_t at = all.find(name);
    if (at == std::string::npos) return {};
    at = all.find_first_of("\"'", at + name.size());
    if (at == std::string::npos) return {};
    const std::size_t end = all.find(all[at], at + 1);
    return end == std::string::npos ? std::string() : all.substr(at + 1, end - at - 1);
}

Result<void> check_element(const Element& element) {
    if (element.name == "pixelfunctionlanguage" && lower_case(element.text) != "c")
        return bad_request("it is a view with a pixel function in " + element.text +
                           ", and no code of a file is run here");
    if (element.name == "pixelfunctioncode")
        return bad_request("it is a view with code in it, which is not run here");
    if (attribute_of(element, "subclass") == "vrtrawrasterband")
        return bad_request("it is a view of raw bytes of a file, which is not opened here");
    return {};
}

bool names_a_dataset(const Element& element) {
    const auto has = [](const auto& list, std::string_view word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    return has(naming_elements, element.name) ||
           (element.name == "mdi" && has(naming_keys, attribute_of(element, "key")));
}

}  // namespace

Result<std::vector<NamedSource>> sources_in_document(std::string_view document) {
    if (!begins_as_view(document.substr(0, 1024)))
        return bad_request("it is named as a view (VRT), but is none");
    std::vector<NamedSource> sources;
    TagScanner tags(document);
    while (const auto element = tags.next()) {
        if (auto fine = check_element(*element); !fine) return fine.error();
        if (names_a_dataset(*element) && !element->text.empty())
            sources.push_back({element->text, attribute_of(*element, "relativetovrt") == "1"});
    }
    if (tags.strange()) return bad_request("it is a view whose XML cannot be understood");
    return sources;
}

bool begins_as_view(std::string_view head) noexcept {
    return head.find("<VRTDataset") != std::string_view::npos;
}

}  // namespace relief::workspace
