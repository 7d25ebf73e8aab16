#include "tiler/ingest/inspect.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/vector_json.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>

namespace relief::ingest {
namespace {

using Json = nlohmann::json;

/// One file may take this long to be looked at; a network drive is slow, a bomb is slower.
constexpr std::chrono::seconds patience{30};

Error broken_answer() {
    return source_broken("the reading process gave an answer that makes no sense");
}

/// What one child said of one path, and whether it can be asked again.
struct Asked {
    std::optional<Result<DatasetDescription>> answer;
    bool alive = false;
};

Asked ask(Child& child, const std::string& path) {
    if (!child.write_line(path)) return {};
    std::string line;
    switch (child.read_line(line, patience)) {
        case Child::Read::line: return {read_answer(line), true};
        case Child::Read::timeout:
            child.kill();
            return {source_broken("it takes longer than half a minute to look at"), false};
        case Child::Read::end: return {};
    }
    return {};
}

/// Asks the same child until a file is the death of it, then the next.
class Inspector {
public:
    explicit Inspector(const std::string& program) : program_(program) {}

    Result<DatasetDescription> inspect(const std::string& path) {
        if (path.find('\n') != std::string::npos)
            return source_broken("its name holds a line break");
        if (auto provided = provide(); !provided) return provided.error();
        Asked asked = ask(*child_, path);
        if (asked.alive) return std::move(*asked.answer);
        const std::string ending = child_->wait();
        child_.reset();
        return asked.answer ? std::move(*asked.answer)
                            : source_broken("it cannot be read: " + ending);
    }

private:
    Result<void> provide() {
        if (child_) return {};
        auto started = Child::start(program_, {describe_verb});
        if (!started) return started.error();
        child_.emplace(std::move(*started));
        return {};
    }

    const std::string& program_;
    std::optional<Child> child_;
};

}  // namespace

Result<DatasetDescription> read_answer(const std::string& line) {
    const Json answer = Json::parse(line, nullptr, false);
    if (!answer.is_object()) return broken_answer();
    if (const auto found = answer.find("description");
        found != answer.end() && found->is_string()) {
        return workspace::dataset_description_from_json(found->get<std::string>());
    }
    const auto error = answer.find("error");
    if (error == answer.end() || !error->is_object()) return broken_answer();
    const auto text = [&](const char* name) {
        const auto member = error->find(name);
        return member != error->end() && member->is_string() ? member->get<std::string>()
                                                             : std::string();
    };
    return source_broken(text("what"), text("detail"));
}

Result<RasterDescription> raster_only(Result<DatasetDescription> dataset) {
    if (!dataset) return dataset.error();
    if (auto* const raster = std::get_if<RasterDescription>(&*dataset)) return std::move(*raster);
    return source_broken("it holds features, not a raster; bring it in with `relief add`");
}

void inspect_files(const std::string& program,
                   const std::vector<std::string>& paths,
                   const std::function<bool(std::size_t, Result<RasterDescription>)>& answer) {
    Inspector inspector(program);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!answer(i, raster_only(inspector.inspect(paths[i])))) return;
    }
}

Result<DatasetDescription> inspect_file(const std::string& program, const std::string& path) {
    return Inspector(program).inspect(path);
}

}  // namespace relief::ingest
