#include "tiler/ingest/sandbox.hpp"

#include <seccomp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace relief::ingest {
namespace {

struct FilterCloser {
    void operator()(void* filter) const noexcept { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterCloser>;

// Everything that reaches out of the process: other machines, other programs, other processes, the
// kernel.
constexpr std::array<int, 23> forbidden{SCMP_SYS(bind),          SCMP_SYS(listen),
                                        SCMP_SYS(accept),        SCMP_SYS(accept4),
                                        SCMP_SYS(execve),        SCMP_SYS(execveat),
                                        SCMP_SYS(ptrace),        SCMP_SYS(process_vm_readv),
                                        SCMP_SYS(mount),         SCMP_SYS(umount2),
                                        SCMP_SYS(chroot),        SCMP_SYS(pivot_root),
                                        SCMP_SYS(setuid),        SCMP_SYS(setgid),
                                        SCMP_SYS(bpf),           SCMP_SYS(perf_event_open),
                                        SCMP_SYS(kexec_load),    SCMP_SYS(init_module),
                                        SCMP_SYS(keyctl),        SCMP_SYS(unshare),
                                        SCMP_SYS(setns),         SCMP_SYS(process_vm_writev),
                                        SCMP_SYS(io_uring_setup)};

// What asking another machine takes.
constexpr std::array<int, 4> asking{
    SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(sendto), SCMP_SYS(sendmsg)};

// EPERM, not a kill: a library that tries goes on without, and says so.
template <typename Calls>
bool forbid(scmp_filter_ctx filter, const Calls& calls) {
    return std::all_of(calls.begin(), calls.end(), [&](int call) {
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
    });
}

Error refused(const char* what) {
    return source_broken("the converter could not be confined; nothing was read", what);
}

bool limit(__rlimit_resource resource, rlim_t value) {
    const rlimit limits{value, value};
    return setrlimit(resource, &limits) == 0;
}

}  // namespace

Result<void> enter_sandbox(const SandboxLimits& limits) {
    const bool limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_AS, limits.memory) &&
                         limit(RLIMIT_CPU, limits.cpu_seconds) &&
                         limit(RLIMIT_FSIZE, limits.file_bytes) &&
                         (limits.opens_files || limit(RLIMIT_NOFILE, 0));
    if (!limited) return refused("setrlimit");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("PR_SET_NO_NEW_PRIVS");
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    if (!filter) return refused("seccomp_init");
    if (!forbid(filter.get(), forbidden) || (!limits.network && !forbid(filter.get(), asking)))
        return refused("seccomp_rule_add");
    if (seccomp_load(filter.get()) != 0) return refused("seccomp_load");
    return {};
}

}  // namespace relief::ingest
