#include "tiler/report/xml_elements.hpp"

#include "tiler/report/reading.hpp"
#include "tiler/report/text.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <expat.h>
#include <memory>
#include <optional>
#include <utility>

namespace relief::report {
namespace {

constexpr char space_mark = '\n';         // between namespace and name: in neither
constexpr std::size_t piece = 65'536;     // bytes given to expat at once
constexpr std::size_t element_cost = 64;  // bytes that an element counts for, beside its text

struct CloseParser {
    void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, CloseParser>;

/// One pass over a document; expat's callbacks come here.
class Pass {
public:
    Pass(std::string_view xml, const XmlWish& wish)
        : xml_(xml), wish_(wish), parser_(XML_ParserCreateNS(nullptr, space_mark)) {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), on_begin, on_end);
        XML_SetCharacterDataHandler(parser_.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
        XML_SetUnknownEncodingHandler(parser_.get(), on_encoding, nullptr);
    }

    Result<void> run() {
        for (std::size_t at = 0; !stopped_;) {
            const auto part = xml_.substr(at, piece);
            at += part.size();
            const bool last = at >= xml_.size();
            if (XML_Parse(parser_.get(), part.data(), static_cast<int>(part.size()), last) ==
                XML_STATUS_ERROR)
                break;
            if (last) return {};
        }
        if (problem_) return *problem_;
        if (stopped_) return {};
        return bad_request(std::string("the XML is not well-formed: ") +
                           XML_ErrorString(XML_GetErrorCode(parser_.get())) + " in line " +
                           std::to_string(XML_GetCurrentLineNumber(parser_.get())));
    }

private:
    static Pass& of(void* self) { return *static_cast<Pass*>(self); }
    static void on_begin(void* self, const XML_Char* name, const XML_Char** /*attributes*/) {
        of(self).begin(name);
    }
    static void on_end(void* self, const XML_Char* /*name*/) { of(self).end(); }
    static void on_text(void* self, const XML_Char* text, int length) {
        of(self).add_text({text, static_cast<std::size_t>(length)});
    }
    // NOLINTNEXTLINE(readability-function-size): as Expat calls it
    static void on_doctype(void* self,
                           const XML_Char* /*name*/,
                           const XML_Char* /*system*/,
                           const XML_Char* /*public_id*/,
                           int /*has_subset*/) {
        of(self).stop(bad_request("the XML has a DOCTYPE, which is not read here"));
    }
    /// Code pages of one byte that feeds in Arabic and Latin letters still use.
    static int on_encoding(void* /*self*/, const XML_Char* name, XML_Encoding* encoding) {
        const std::string low = lower_case(name);
        if (low != "windows-1252" && low != "windows-1256") return XML_STATUS_ERROR;
        for (int byte = 0; byte < 256; ++byte) {
            const char letter = static_cast<char>(byte);
            const icu::UnicodeString text(&letter, 1, low.c_str());
            const bool good = text.length() == 1 && text.charAt(0) != 0xFFFD;
            encoding->map[byte] = good ? static_cast<int>(text.charAt(0)) : -1;
        }
        encoding->data = nullptr;
        encoding->convert = nullptr;
        encoding->release = nullptr;
        return XML_STATUS_OK;
    }

    void stop(std::optional<Error> why) {
        stopped_ = true;
        if (!problem_) problem_ = std::move(why);
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    void begin(std::string_view name) {
        if (stopped_) return;
        if (++depth_ > ReadingBounds::depth)
            return stop(bad_request("the XML is nested deeper than 64"));
        const auto mark = name.find(space_mark);
        const auto local = name.substr(mark == std::string_view::npos ? 0 : mark + 1);
        if (open_.empty() && !wish_.is_record(local)) return;
        XmlElement element{std::string(name.substr(0, mark == std::string_view::npos ? 0 : mark)),
                           std::string(local)};
        open_.push_back(std::move(element));
        pay(element_cost + name.size());
    }

    void add_text(std::string_view text) {
        if (stopped_ || open_.empty()) return;
        open_.back().text += text;
        pay(text.size());
    }

    void pay(std::size_t bytes) {
        cost_ += bytes;
        if (cost_ > ReadingBounds::record)
            stop(bad_request("an element of the XML is larger than 4 MB"));
    }

    void end() {
        --depth_;
        if (stopped_ || open_.empty()) return;
        XmlElement done = std::move(open_.back());
        open_.pop_back();
        if (!open_.empty()) {
            open_.back().children.push_back(std::move(done));
            return;
        }
        cost_ = 0;
        const auto at = static_cast<double>(XML_GetCurrentByteIndex(parser_.get()));
        if (!wish_.take({std::move(done), at / static_cast<double>(xml_.size())}))
            stop(std::nullopt);
    }

    std::string_view xml_;
    const XmlWish& wish_;
    Parser parser_;
    std::vector<XmlElement> open_;  ///< from the record down to where the parser is
    std::size_t cost_ = 0;
    int depth_ = 0;
    bool stopped_ = false;
    std::optional<Error> problem_;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const noexcept {
    const auto found = std::find_if(
        children.begin(), children.end(), [&](const auto& each) { return each.name == wanted; });
    return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::text_of(std::string_view wanted) const noexcept {
    const XmlElement* const found = child(wanted);
    return found == nullptr ? std::string_view() : trimmed(found->text);
}

std::vector<const XmlElement*> XmlElement::all(std::string_view wanted) const {
    std::vector<const XmlElement*> found;
    for (const auto& each : children) {
        if (each.name == wanted) found.push_back(&each);
    }
    return found;
}

Result<void> read_elements(std::string_view xml, const XmlWish& wish) {
    if (xml.empty()) return bad_request("the document is empty");
    return Pass(xml, wish).run();
}

}  // namespace relief::report
