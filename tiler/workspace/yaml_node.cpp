#include "tiler/workspace/yaml_node.hpp"

#include "tiler/core/utf8.hpp"

#include <nlohmann/json.hpp>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <utility>

namespace relief::workspace {
namespace {

Error at_line(int line, std::string_view what) {
    return bad_request("line " + std::to_string(line) + ": " + std::string(what));
}

int line_of(const YAML::Mark& mark) {
    return mark.line + 1;
}

/// Length of the character at the front; 0 when there is none that is text: of the control
/// characters only tab, line feed and carriage return are.
std::size_t character_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const bool control =
        (first < 0x20 && first != '\t' && first != '\n' && first != '\r') || first == 0x7F;
    return control ? 0 : utf8_length(text);
}

/// The line of the first byte that is no text.
std::optional<int> line_that_is_no_text(std::string_view text) {
    int line = 1;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0) return line;
        if (text.front() == '\n') ++line;
        text.remove_prefix(length);
    }
    return std::nullopt;
}

/// Takes the parser's events; the first thing that is not allowed is kept, the rest is dropped.
class TreeBuilder final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        YamlNode node;
        node.line = line_of(mark);
        refuse_anchor(mark, anchor);
        place(std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        // An alias lets a kilobyte of text stand for a gigabyte of values.
        fail(line_of(mark), "aliases (*name) are not allowed here");
    }
    void OnScalar(const YAML::Mark& mark,
                  const std::string&,
                  YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        if (value.find('\0') != std::string::npos) fail(line_of(mark), "holds a NUL character");
        if (expects_key()) return take_key(mark, value);
        YamlNode node;
        node.kind = YamlNode::Kind::scalar;
        node.line = line_of(mark);
        node.scalar = value;
        place(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark,
                         const std::string&,
                         YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::sequence, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark,
                    const std::string&,
                    YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::mapping, mark, anchor);
    }
    void OnMapEnd() override { close(); }

    const std::optional<Error>& problem() const { return problem_; }
    YamlNode take_root() { return std::move(root_); }

private:
    struct Open {
        YamlNode node;
        std::optional<std::pair<std::string, int>> key;  // waits for its value
    };

    void fail(int line, std::string_view what) {
        if (!problem_) problem_ = at_line(line, what);
    }
    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) fail(line_of(mark), "anchors (&name) are not allowed here");
    }
    bool expects_key() const {
        return !open_.empty() && open_.back().node.kind == YamlNode::Kind::mapping &&
               !open_.back().key;
    }
    void take_key(const YAML::Mark& mark, const std::string& key) {
        if (problem_) return;
        if (open_.back().node.member(key) != nullptr) {
            return fail(line_of(mark), "the key " + key.substr(0, 80) + " is stated twice");
        }
        open_.back().key = {key, line_of(mark)};
    }
    void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        refuse_anchor(mark, anchor);
        if (expects_key()) fail(line_of(mark), "a key must be plain text");
        if (open_.size() >= yaml_deepest) fail(line_of(mark), "nested too deeply");
        if (problem_) return;
        Open begun;
        begun.node.kind = kind;
        begun.node.line = line_of(mark);
        open_.push_back(std::move(begun));
    }
    void close() {
        if (problem_) return;
        YamlNode node = std::move(open_.back().node);
        open_.pop_back();
        place(std::move(node));
    }
    void place(YamlNode node) {
        if (expects_key()) fail(node.line, "a key must be plain text");
        if (problem_) return;
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.key) {
            std::tie(node.key, node.line) = *std::exchange(parent.key, std::nullopt);
        }
        parent.node.children.push_back(std::move(node));
    }

    std::vector<Open> open_;
    YamlNode root_;
    std::optional<Error> problem_;
};

nlohmann::ordered_json to_json_value(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null: return nullptr;
        case YamlNode::Kind::scalar: return node.scalar;
        case YamlNode::Kind::sequence: {
            auto list = nlohmann::ordered_json::array();
            for (const YamlNode& child : node.children) list.push_back(to_json_value(child));
            return list;
        }
        case YamlNode::Kind::mapping: break;
    }
    auto object = nlohmann::ordered_json::object();
    for (const YamlNode& child : node.children) object[child.key] = to_json_value(child);
    return object;
}

}  // namespace

const YamlNode* YamlNode::member(std::string_view name) const noexcept {
    const auto found = std::find_if(
        children.begin(), children.end(), [&](const YamlNode& child) { return child.key == name; });
    return found == children.end() ? nullptr : &*found;
}

Result<YamlNode> read_yaml(const std::string& text) {
    if (text.size() > yaml_longest) return at_line(1, "longer than 1 MiB");
    if (const auto line = line_that_is_no_text(text)) {
        return at_line(*line, "holds bytes that are no text; save the file as UTF-8");
    }
    TreeBuilder builder;
    try {
        // The library lets a quote that is never closed end with a last line break, and takes all
        // keys in between as its text; a comment in the last place makes it complain.
        std::istringstream stream(text + (text.ends_with('\n') ? "#" : "\n#"));
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        YamlNode root = builder.take_root();
        if (builder.problem()) return *builder.problem();
        TreeBuilder second;
        if (parser.HandleNextDocument(second)) {
            return at_line(1, "holds more than one document (a second \"---\")");
        }
        return root;
    } catch (const YAML::Exception& exception) {
        Error error = at_line(line_of(exception.mark),
                              "this is not YAML; look for a tab, an unclosed quote or bracket, or "
                              "a colon without a space");
        error.detail = exception.msg;
        return error;
    } catch (const std::exception& exception) {
        return bad_request("line 1: this cannot be read as YAML", exception.what());
    }
}

std::string to_json_text(const YamlNode& node) {
    return to_json_value(node).dump(
        -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace relief::workspace
