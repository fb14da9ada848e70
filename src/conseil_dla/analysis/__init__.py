"""What can still follow from a dossier, over everything its unknown answers leave open.

Until the exact engine stands here, the answers come from three-valued evaluation: never wrong about what is certain or
excluded, perhaps blunt about what is possible (docs/decisions/0004).
"""
