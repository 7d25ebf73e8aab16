#pragma once
// Which tiles of a sheet that is drawn at once are waited for.

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace relief::service {

/// For any thread. A sheet is drawn by one thread at a time, whoever else asks for a part of it
/// leaves word here and is answered by that one.
class Sheets {
public:
    /// True: nobody draws this sheet; the caller must, until take() gives nothing more.
    bool join(const std::string& sheet, std::size_t cell);
    /// The cells that were asked for since the last time. None: the sheet is done with, and whoever
    /// joins next draws it.
    std::vector<std::size_t> take(const std::string& sheet);

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::vector<std::size_t>> waiting_;
};

}  // namespace relief::service
