from clusters.actions.members import invitation_accepted, invite

__all__ = ["invitation_accepted", "invite"]
