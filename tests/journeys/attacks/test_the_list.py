"""The whole list of attacks, of what breaks and of bad input, and where each is withstood.

Here by a whole installation, or nearer to the part that must withstand it.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
BROKER = "test_broker_in_enemy_hands.py"
KEYS = "test_keys_in_enemy_hands.py"
STOLEN = "test_stolen_password.py"
WEB = "test_web_server_in_enemy_hands.py"
OVER = "test_what_is_over.py"
TRUST = "test_trust.py"
PLAYER = "test_player.py"
CLOCK = "test_clock.py"
LAID = "test_holds_and_drills.py"
HELD = "test_holdings.py"
HEARING = "test_hearing.py"
ANSWERS = "test_sealer_answers.py"
UPLOADS = "test_uploads.py"
OFFICE = "test_office.py"
BREAKS = "test_what_breaks.py"
KIT = "test_alert.py"
SEALER = "test_sealer.py"
ALERTING = "test_alerting.py"
PROCESS = "test_process.py"

ATTACKS = {
    "owns the broker: forges": {
        BROKER: ["test_a_forged_set_shows_nothing_and_the_wall_says_so"],
        TRUST: ["test_a_manifest_by_a_stranger_is_refused", "test_a_content_key_raises_no_alert"],
        PLAYER: [
            "test_a_forged_manifest_changes_nothing_and_is_told",
            "test_a_page_that_is_not_what_its_name_says_is_dropped",
        ],
    },
    "owns the broker: replays what is older": {
        BROKER: ["test_an_older_set_takes_nothing_away"],
        PLAYER: ["test_old_serials_are_refused_after_a_restart_too"],
    },
    "owns the broker: sends in another order": {
        BROKER: ["test_sets_in_another_order_end_with_the_newest"],
    },
    "owns the broker: re-targets": {
        BROKER: ["test_a_set_for_other_boards_changes_nothing_here"],
        TRUST: [
            "test_a_manifest_for_another_display_is_refused",
            "test_a_document_of_another_fleet_is_refused",
        ],
    },
    "owns the broker: withholds": {
        BROKER: ["test_an_alert_that_is_withheld_comes_another_way_within_a_minute"],
        KEYS: ["test_a_revocation_that_is_withheld_comes_another_way_within_a_minute"],
        "test_telling.py": [
            "test_an_alert_that_was_withheld_is_fetched_over_http_and_told",
            "test_without_a_beat_an_alert_is_asked_for_over_http",
        ],
    },
    "owns the broker: clears what is retained": {
        BROKER: [
            "test_cleared_topics_take_nothing_away_and_are_filled_again",
            "test_who_clears_again_and_again_does_not_have_the_last_word",
        ],
    },
    "owns the broker: fakes proofs on the glass": {
        BROKER: ["test_a_faked_proof_makes_no_board_look_reached"],
        HEARING: [
            "test_a_status_sealed_by_another_player_is_refused",
            "test_a_status_of_an_earlier_start_that_is_replayed_is_refused",
        ],
    },
    "owns the broker: floods": {
        "test_link.py": ["test_a_packet_of_200_megabytes_costs_a_connection_and_nothing_else"],
        "test_inbox.py": ["test_a_flood_of_topics_drops_the_oldest"],
    },
    "owns the web server, without the alert key": {
        WEB: [
            "test_rows_of_an_alert_put_nothing_on_a_board",
            "test_a_set_written_where_players_fetch_it_is_not_believed",
            "test_rows_taken_away_take_no_alert_from_a_board",
        ],
        ANSWERS: [
            "test_a_code_is_good_for_one_act",
            "test_too_many_wrong_codes_lock_even_the_right_one",
            "test_a_passkey_over_something_else_raises_nothing",
        ],
        "test_keys.py": ["test_private_keys_are_readable_by_their_owner_alone"],
    },
    "holds a player's key": {
        KEYS: [
            "test_a_players_key_makes_no_other_board_look_reached",
            "test_a_players_key_puts_nothing_on_a_board",
        ],
        HEARING: ["test_a_player_that_speaks_on_the_topic_of_another_is_refused"],
    },
    "holds a player's folder, with its password for the broker": {
        STOLEN: [
            "test_a_stolen_password_hears_nothing_for_other_displays",
            "test_a_stolen_password_speaks_for_no_other_display_and_sets_nothing",
            "test_a_stolen_password_puts_nobody_off_the_line",
            "test_an_emergency_kit_has_a_user_of_its_own_and_a_retired_display_none",
        ],
    },
    "comes to the broker without a password, or with a broker of his own": {
        STOLEN: [
            "test_who_is_not_known_is_refused",
            "test_a_broker_of_somebody_else_is_told_no_password",
        ],
    },
    "a stale alert that is retained, and a reboot": {
        OVER: ["test_a_retained_alert_that_is_over_is_not_shown_after_a_reboot"],
        PLAYER: ["test_an_alert_that_expired_meanwhile_is_not_resurrected"],
        "test_timeline_alerts.py": [
            "test_a_clock_that_is_wrong_by_hours_brings_no_stored_alert_back"
        ],
    },
    "the clock set back by a year": {
        CLOCK: [
            "test_a_clock_a_year_back_and_nobody_to_ask_shows_the_safe_slide",
            "test_a_clock_a_year_back_asks_the_controller_and_goes_on",
            "test_an_alert_ends_after_its_own_duration_when_the_clock_is_set_back",
            "test_a_message_dated_2099_blocks_nothing_that_follows",
        ],
        SEALER: [
            "test_a_wrong_clock_seals_no_alert_until_it_is_right",
        ],
    },
    "a drill during a real alert": {
        OVER: ["test_a_drill_waits_beneath_a_real_alert_and_says_what_it_is"],
        BROKER: ["test_a_drill_in_the_place_of_alerts_is_none"],
        LAID: [
            "test_a_real_alert_takes_the_glass_from_a_drill_and_keeps_it",
            "test_a_drill_sealed_by_the_alert_key_is_refused",
        ],
        "test_drilling.py": [
            "test_no_drill_begins_where_a_real_alert_runs",
            "test_a_drill_never_gets_into_an_alert_set",
        ],
    },
    "a key is revoked": {
        KEYS: ["test_a_revoked_key_is_worth_nothing_within_ten_seconds_and_no_board_lets_go"],
        HELD: [
            "test_a_revocation_reaches_what_is_on_disk",
            "test_a_revoked_alert_key_takes_its_alerts_off_the_glass",
        ],
        TRUST: [
            "test_a_revoked_key_seals_nothing",
            "test_an_expired_key_seals_nothing_and_the_clock_is_doubted",
        ],
    },
    "uploads: zip slip": {OFFICE: ["test_a_hostile_office_file_is_refused_at_the_door"]},
    "uploads: a script in a drawing": {
        "test_drawings.py": [
            "test_a_script_in_a_drawing_is_no_part_of_the_picture",
            "test_a_file_beside_it_is_not_shown",
        ]
    },
    "uploads: a file that is two things": {
        UPLOADS: [
            "test_a_picture_with_a_page_behind_it_leaves_the_page_behind",
            "test_what_is_no_picture_is_told_by_its_content",
        ]
    },
    "uploads: bombs": {
        UPLOADS: [
            "test_a_picture_of_too_many_pixels_is_refused",
            "test_a_jpeg_of_2005_scans_is_refused_before_it_is_decoded",
        ],
        "test_guard.py": ["test_memory_beyond_the_limit_is_a_refusal"],
    },
    "uploads: a PDF with a script": {
        "test_documents.py": [
            "test_a_script_in_a_pdf_is_no_part_of_its_pages",
        ]
    },
    "uploads: slides with a link": {
        OFFICE: ["test_a_linked_picture_is_not_fetched", "test_an_external_entity_is_not_read"]
    },
}


BROKEN = {
    "the web server is down": {
        KIT: [
            "test_without_a_controller_a_kit_raises_and_clears",
            "test_a_kit_merges_into_what_is_on_the_air",
            "test_the_controller_that_returns_adopts_it",
        ],
    },
    "the broker is down": {
        BREAKS: [
            "test_without_a_broker_boards_hold_the_wall_says_so_and_all_comes_back",
            "test_an_alert_that_was_raised_without_a_broker_goes_out_when_there_is_one",
        ],
        PROCESS: ["test_slides_go_on_when_broker_and_controller_are_gone"],
        SEALER: ["test_a_broker_that_forgot_everything_is_told_again"],
    },
    "the database takes no writes": {
        BREAKS: ["test_with_a_database_that_takes_no_writes_the_sealer_still_seals"],
        "test_refusals.py": ["test_a_database_that_takes_no_writes_is_told_and_the_words_stay"],
    },
    "one kind of display can't be drawn": {
        ALERTING: [
            "test_a_renderer_that_breaks_on_one_profile_keeps_back_no_other",
            "test_a_profile_on_which_the_words_do_not_fit_gets_the_plain_page",
            "test_when_nothing_can_be_drawn_players_set_the_words_themselves",
        ],
    },
    "displays were off": {
        PROCESS: [
            "test_a_player_that_was_off_gets_the_alert_when_it_comes",
            "test_after_a_kill_an_offline_start_shows_slide_and_alert_from_the_cache",
        ],
    },
    "a restored database or book of yesterday": {
        BREAKS: ["test_a_book_of_yesterday_ends_no_alert_of_today"],
        "test_worker.py": ["test_a_worker_whose_database_is_older_than_the_air_publishes_nothing"],
    },
    "words that no board can show": {
        ALERTING: ["test_words_that_no_board_can_show_are_refused_with_what_to_do"],
        "test_plain_alert.py": ["test_nothing_but_letters_that_no_face_has_is_still_a_page"],
    },
    "an area without displays": {ALERTING: ["test_an_area_without_displays_is_refused"]},
    "an end in the past, or next year": {
        ALERTING: ["test_an_end_in_the_past_is_refused"],
        "test_alert.py": ["test_an_alert_lasts_at_most_three_days"],
    },
    "two officers at once": {
        ALERTING: ["test_of_two_officers_who_amend_at_once_the_second_is_refused"],
        "test_alert_pages.py": ["test_two_officers_never_overwrite_each_other_unseen"],
    },
    "a thousand raises a minute": {
        ALERTING: ["test_a_program_that_raises_without_end_is_stopped"],
        "test_two_people.py": ["test_a_source_that_goes_mad_is_stopped"],
    },
    "clocks that are off by hours": {
        "test_timeline_alerts.py": [
            "test_an_alert_sealed_as_running_is_shown_at_once_on_a_slow_clock",
            "test_a_clock_that_is_wrong_by_hours_brings_no_stored_alert_back",
        ],
        CLOCK: ["test_an_alert_already_running_shows_at_once_on_a_slow_clock"],
    },
}


@pytest.mark.parametrize("what", [*ATTACKS, *BROKEN])
def test_everything_on_the_list_is_withstood(what):
    missing = [
        f"{file}::{name}"
        for file, names in (ATTACKS | BROKEN)[what].items()
        for name in names
        if name not in _names_in(file)
    ]
    assert missing == []


def _names_in(file: str) -> set[str]:
    """All functions of the files of this name, wherever they stand."""
    trees = [ast.parse(path.read_text()) for path in TESTS.rglob(file)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
