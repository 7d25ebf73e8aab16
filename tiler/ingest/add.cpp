#include "tiler/ingest/add.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/sha256.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace relief::ingest {
namespace {

namespace fs = std::filesystem;
constexpr const char* incoming_prefix = "incoming-";
constexpr std::chrono::milliseconds look_up{250};  // how often the caller may stop the work
constexpr std::chrono::hours stale_after{24};

/// A folder under layers/ for one conversion (GDAL writes side files), gone with it.
class IncomingFolder {
public:
    explicit IncomingFolder(const fs::path& layers) {
        std::string pattern = (layers / (std::string(incoming_prefix) + "XXXXXX")).string();
        if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    }
    ~IncomingFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    IncomingFolder(const IncomingFolder&) = delete;
    IncomingFolder& operator=(const IncomingFolder&) = delete;
    IncomingFolder(IncomingFolder&&) = delete;
    IncomingFolder& operator=(IncomingFolder&&) = delete;

    bool made() const noexcept { return !path_.empty(); }
    fs::path file() const { return path_ / "layer.tif"; }

private:
    fs::path path_;
};

/// What a killed `add` left behind; a living one is younger.
void sweep(const fs::path& layers) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(layers, error)) {
        if (!entry.path().filename().string().starts_with(incoming_prefix)) continue;
        const auto written = entry.last_write_time(error);
        if (!error && fs::file_time_type::clock::now() - written > stale_after)
            fs::remove_all(entry.path(), error);
    }
}

bool sync_path(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

Error stopped() {
    return {Fault::out_of_time, "stopped; nothing was added"};
}

/// The share in a progress line; none when the line is an answer.
std::optional<double> progress_of(const std::string& line) {
    const auto document = nlohmann::json::parse(line, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    const auto found = document.find("progress");
    if (found == document.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

Error ended_early(Child& child) {
    const std::string ending = child.wait();
    return source_broken("it cannot be converted: " +
                         (ending.empty() ? "the converter ended early" : ending));
}

Result<RasterDescription> convert_in_child(const AddOrder& order, const fs::path& target) {
    auto child = Child::start(order.program,
                              {convert_verb,
                               fs::absolute(order.file).string(),
                               target.string(),
                               order.kind ? std::string(to_text(*order.kind)) : std::string()});
    if (!child) return child.error();
    child->close_input();
    double share = 0;
    std::string line;
    for (;;) {
        const Child::Read read = child->read_line(line, look_up);
        if (read == Child::Read::line) {
            const auto progress = progress_of(line);
            if (!progress) return read_answer(line);
            share = *progress;
        }
        if (read == Child::Read::end) return ended_early(*child);
        if (order.progress && !order.progress(share)) return stopped();
    }
}

/// Moves the converted file to its name by content; the same content may lie there already.
Result<workspace::Observation> store(const AddOrder& order,
                                     const fs::path& converted,
                                     RasterDescription raster) {
    const fs::path layers = order.workspace / "layers";
    const auto sha = sha256_of_file(converted);
    if (!sha) return sha.error();
    const fs::path target = fs::absolute(layers / (*sha + ".tif"));
    std::error_code error;
    if (!fs::exists(target, error)) {
        ::chmod(converted.c_str(), 0644);
        if (!sync_path(converted))
            return source_broken("the layer cannot be written safely: fsync failed");
        fs::rename(converted, target, error);
        if (error || !sync_path(layers))
            return source_broken("the layer cannot be written: " + error.message());
    }
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    workspace::Observation observation;
    observation.time = order.time;
    observation.version = {*sha};
    observation.file = target.string();
    observation.modified = {now.count() / 1000 * 1000};
    observation.raster = std::move(raster);
    return observation;
}

Result<LayerName> name_of(const AddOrder& order) {
    if (order.id) return *order.id;
    auto name = LayerName::from_file_stem(order.file.stem().string());
    if (name) return name;
    return Error{name.error().fault, name.error().what + "; give one with --id"};
}

}  // namespace

Result<Added> add(const AddOrder& order) {
    const auto name = name_of(order);
    if (!name) return name.error();
    std::error_code error;
    if (!fs::is_regular_file(order.file, error)) return not_found("there is no such file");
    auto store_of_layers = workspace::LayerStore::open(order.workspace);
    if (!store_of_layers) return store_of_layers.error();
    const fs::path layers = order.workspace / "layers";
    sweep(layers);
    const IncomingFolder incoming(layers);
    if (!incoming.made()) return source_broken("the workspace cannot be written");

    auto raster = convert_in_child(order, incoming.file());
    if (!raster) return raster.error();
    if (order.check) {
        if (auto checked = order.check(*raster); !checked) return checked.error();
    }
    auto observation = store(order, incoming.file(), std::move(*raster));
    if (!observation) return observation.error();

    const auto freed =
        store_of_layers->register_observation({.layer = *name,
                                               .title = order.title,
                                               .sensitivity = order.sensitivity,
                                               .default_sensitivity = order.default_sensitivity,
                                               .provenance = order.provenance,
                                               .style_words = order.style_words,
                                               .observation = *observation});
    if (!freed) {
        // A refused layer leaves no file, unless another layer has the same content.
        const auto swept = store_of_layers->delete_unreferenced({observation->file});
        return swept ? freed.error()
                     : Error{freed.error().fault, freed.error().what, swept.error().what};
    }
    // What is left behind costs disk, not truth: the layer stands either way.
    static_cast<void>(store_of_layers->delete_unreferenced(*freed));
    return Added{*name, std::move(*observation), !freed->empty()};
}

}  // namespace relief::ingest
