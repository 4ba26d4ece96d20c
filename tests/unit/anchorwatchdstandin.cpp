// Stands for anchorwatchd where only its life matters: it says in service.json that it listens, as
// the real one does, and waits to be ended. The file "behaviour" of its data folder changes that:
// "dies" prints a line and exits, "mute" exits without one, "hangs" never says that it listens.
// Ends by itself after a minute, so that a failed test leaves nothing behind.

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include <unistd.h>

namespace {

// The value of "--data-dir".
std::string dataFolder(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--data-dir") == 0)
            return argv[i + 1];
    }
    return {};
}

void advertise(const std::string &folder)
{
    const std::string made = folder + "/service.json.new";
    std::ofstream(made) << R"({"pid":)" << ::getpid() << R"(,"port":40123})";
    (void)std::rename(made.c_str(), (folder + "/service.json").c_str());
}

} // namespace

int main(int argc, char **argv)
{
    ::alarm(60);
    const std::string folder = dataFolder(argc, argv);
    std::ofstream(folder + "/starts", std::ios::app) << ::getpid() << '\n';
    std::ofstream(folder + "/arguments") << argv[1] << ' ' << argv[2] << ' ' << argv[3];
    std::string behaviour;
    std::ifstream(folder + "/behaviour") >> behaviour;
    if (behaviour == "dies") {
        std::fputs("first line\nthe disk is full, see http://h/?key=canary\n", stderr);
        return 2;
    }
    if (behaviour == "mute")
        return 1;
    if (behaviour != "hangs")
        advertise(folder);
    ::pause();
    return 0;
}
