// Where a command writes: data to standard output, everything else to standard
// error. Output is buffered here, not in stdio, so that a closed pipe (`| head`)
// shows as an error of the sink and ends the command quietly.

#ifndef SANAD_SHELL_CONSOLE_H_
#define SANAD_SHELL_CONSOLE_H_

#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <sanad/results.h>

namespace sanad::shell {

// Single-threaded.
class Console {
 public:
  // Writes to the file descriptors 1 and 2 and asks them whether they are
  // terminals; NO_COLOR and TERM=dumb switch colour off.
  Console();
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Data. After the reader of a pipe has gone, text is dropped.
  void Out(std::string_view text);
  // Messages; flushes standard output first so that the two keep their order.
  void Err(std::string_view text);
  // "sanad: <message>", control characters escaped.
  void Error(std::string_view message);
  void Error(const absl::Status& status);
  void Flush();
  // Forgets what has not gone out yet: half a result is worse than none.
  void Discard() { buffer_.clear(); }

  // The same as Out(); Cancelled once the reader has gone.
  ByteSink sink();
  // For the rows of a query: the first piece goes out at once, so that a reader sees
  // it before the last is computed; later ones are gathered, more and more.
  ByteSink streaming_sink();
  // The reader of standard output has gone: nothing more is worth computing.
  bool closed() const { return closed_; }

  bool out_is_terminal() const { return out_is_terminal_; }
  bool err_is_terminal() const { return err_is_terminal_; }
  // Bold and colours may be used on standard output.
  bool colour() const { return colour_; }

 private:
  std::string buffer_;
  bool closed_ = false;
  bool out_is_terminal_ = false;
  bool err_is_terminal_ = false;
  bool colour_ = false;
};

}  // namespace sanad::shell

#endif  // SANAD_SHELL_CONSOLE_H_
