/* Loads shared libraries with the same module, one after the other and two at a time. */
#include <dlfcn.h>
#include <stdio.h>

typedef int (*run_t)(int);

static void* load(const char* path, run_t* run) {
  void* plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (plugin == NULL) {
    printf("%s\n", dlerror());
    return NULL;
  }
  *(void**)run = dlsym(plugin, "plugin_run");
  return plugin;
}

int main(int argc, char** argv) {
  for (int i = 0; i < 3; ++i) {
    run_t one = NULL, two = NULL;
    void* first = load(argv[1], &one);
    void* second = load(argv[argc - 1], &two);
    if (first == NULL || second == NULL) return 1;
    printf("%d %d\n", one(i), two(10 + i));
    dlclose(i % 2 ? first : second);
    printf("%d\n", i % 2 ? two(20 + i) : one(20 + i));
    dlclose(i % 2 ? second : first);
  }
  return 0;
}
