from tests.data.migrations import with_ours

__path__ = with_ours(__path__)
