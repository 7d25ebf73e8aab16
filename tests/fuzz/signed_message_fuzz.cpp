// Webhooks: whatever stands in the headers, nothing is let in that was not signed, or came before.

#include "server/access/hook_gate.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relief::access::HookGate;
    static HookGate gate({{"kobo", "a secret of thirty-two characters"}});
    constexpr relief::Instant now{1'700'000'000'000};
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto cut = text.find('\n');
    const std::string_view first = text.substr(0, cut);
    const std::string_view second = cut == text.npos ? "" : text.substr(cut + 1);
    for (const std::string_view source : {std::string_view("kobo"), first})
        for (const std::string_view timestamp : {std::string_view("1700000000"), first}) {
            const auto verdict = gate.admit({source, timestamp, second, text}, now);
            if (verdict != HookGate::Verdict::refused) std::abort();
        }
    return 0;
}
