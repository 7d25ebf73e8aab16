#include "tiler/ingest/incoming.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/sha256.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/workspace/view_sources.hpp"

#include <nlohmann/json.hpp>

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

std::vector<std::string> words_for(const Conversion& order, const fs::path& target) {
    std::vector<std::string> words{convert_verb,
                                   fs::absolute(order.file).string(),
                                   target.string(),
                                   order.kind ? std::string(to_text(*order.kind)) : std::string(),
                                   order.layer,
                                   order.raster ? "raster" : ""};
    if (!order.part.dataset.empty()) words.push_back("--dataset=" + order.part.dataset);
    if (order.part.band != 0) words.push_back("--band=" + std::to_string(order.part.band));
    if (!order.time_attribute.empty()) words.push_back("--time-attribute=" + order.time_attribute);
    return words;
}

Error ended_early(Child& child) {
    const std::string ending = child.wait();
    return source_broken("it cannot be converted: " +
                         (ending.empty() ? "the converter ended early" : ending));
}

}  // namespace

IncomingFolder::IncomingFolder(const fs::path& layers) {
    std::string pattern = (layers / (std::string(incoming_prefix) + "XXXXXX")).string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

IncomingFolder::~IncomingFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

void sweep_incoming(const fs::path& layers) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(layers, error)) {
        if (!entry.path().filename().string().starts_with(incoming_prefix)) continue;
        const auto written = entry.last_write_time(error);
        if (!error && fs::file_time_type::clock::now() - written > stale_after)
            fs::remove_all(entry.path(), error);
    }
}

Result<DatasetDescription> convert_in_child(const Conversion& order, const fs::path& target) {
    if (workspace::is_view_name(order.file.string())) {
        const auto sources = workspace::view_sources(order.file, order.roots);
        if (!sources) return sources.error();
    }
    auto child = Child::start(order.program, words_for(order, target));
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

Result<StoredFile> store_file(const fs::path& layers, const fs::path& converted) {
    const auto sha = sha256_of_file(converted);
    if (!sha) return sha.error();
    const fs::path target = fs::absolute(layers / (*sha + converted.extension().string()));
    std::error_code error;
    if (!fs::exists(target, error)) {
        ::chmod(converted.c_str(), 0644);
        if (!sync_path(converted))
            return source_broken("the layer cannot be written safely: fsync failed");
        fs::rename(converted, target, error);
        if (error || !sync_path(layers))
            return source_broken("the layer cannot be written: " + error.message());
    }
    return StoredFile{*sha, target};
}

Instant now_in_seconds() {
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    return {now.count() * 1000};
}

}  // namespace relief::ingest
