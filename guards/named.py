"""The guards of the code that nothing but their meaning tells apart, each with the edit that takes it away."""

from .faults import fault
from .pay import PAY

SETTLE = "salon/invoices/checkout/services.py"
SETTLE_READ = "salon/invoices/checkout/queries.py"
TILL = "salon/invoices/till/services.py"
TILL_VIEWS = "salon/invoices/till/views.py"
RECEIPTS = "salon/invoices/receipts/services.py"
DRAFTS = "salon/invoices/services.py"
YEAR_ACTS = "salon/years/services.py"
DB = "salon/core/db.py"
ACCESS = "salon/access/views.py"
USERS = "salon/access/queries.py"
OUTBOX = "salon/messaging/services.py"
OUTBOX_READ = "salon/messaging/queries.py"


MONEY = (
    fault(
        "settlement: a known key gives the answer it gave",
        "tests/invoices/test_settlement.py::test_the_same_key_gives_the_same_answer_and_moves_nothing",
        SETTLE,
        "    if known is not None:\n        return known\n",
    ),
    fault(
        "settlement: a key serves one request only",
        "tests/invoices/test_settlement.py::test_a_key_used_for_another_amount_or_invoice_is_refused",
        SETTLE_READ,
        "    if row[0] != tender.fingerprint:\n        raise KEY_REUSED.again()\n",
    ),
    fault(
        "settlement: what is settled is settled once",
        "tests/invoices/test_settlement.py",
        SETTLE,
        "if sale.status == InvoiceStatus.SETTLED:",
        "if False:",
    ),
    fault(
        "settlement: no more than is due is taken, no more credit than she has",
        "tests/invoices/test_settlement.py",
        SETTLE,
        "    check_given(tender.payments, tender.credit, bounds)\n",
    ),
    fault(
        "settlement: her debt stays within its limit",
        "tests/invoices/test_settlement.py",
        SETTLE,
        "        check_debt(receivable_of(sale.customer_id), left, limit)\n",
        "        assert limit is not None\n",
    ),
    fault(
        "API: Idempotency-Key of a settlement",
        "tests/api/test_visit.py::test_a_retry_gives_the_same_answer_and_the_key_serves_no_other_body",
        "salon/api/invoices/views.py",
        "    key = f\"api:{headers['key'] or uuid.uuid4().hex}\"\n",
        '    key = f"api:{uuid.uuid4().hex}"\n',
    ),
    fault(
        "till: the key that the form carries",
        "tests/invoices/test_views.py::test_settling_goes_to_the_slip_and_a_second_press_too",
        TILL_VIEWS,
        '        leave_debt=bool(form.leave_debt.data),\n        key=form.key.data or "",\n',
        "        leave_debt=bool(form.leave_debt.data),\n        key=fresh_key(),\n",
    ),
    fault(
        "till: a known key is not asked again what was seen",
        "tests/invoices/test_till.py",
        TILL,
        "if seen is not None and not is_known(key):",
        "if seen is not None:",
    ),
    fault(
        "till: what changed meanwhile is not settled",
        "tests/invoices/test_till.py",
        TILL,
        "    if due != seen_due:",
        "    if False:",
    ),
    fault(
        "till: a rest is left as debt only by saying so",
        "tests/invoices/test_till.py",
        TILL,
        "if status == InvoiceStatus.DRAFT and given < due and not leave_debt:",
        "if False:",
    ),
    fault(
        "old debts: the key that the form carries",
        "tests/invoices/test_views.py::test_old_debts_are_listed_and_received",
        TILL_VIEWS,
        'key=f"screen:{form.key.data}",\n',
        "key=fresh_key(),\n",
    ),
    fault(
        "old debts: a known key takes the money once",
        "tests/invoices/receipts/test_services.py",
        RECEIPTS,
        "    if known is not None:\n",
        "    if False:\n",
    ),
    fault(
        "old debts: a key serves one request only",
        "tests/invoices/receipts/test_services.py",
        RECEIPTS,
        "        if known.fingerprint != asked:\n            raise KEY_REUSED.again()\n",
    ),
    fault(
        "drafts: what is issued is not changed",
        "tests/invoices/test_drafts.py",
        DRAFTS,
        "    if row.status != InvoiceStatus.DRAFT:\n",
        "    if False:\n",
    ),
    fault(
        "drafts: a visit has one invoice",
        "tests/invoices/test_drafts.py tests/api/test_visit.py",
        DRAFTS,
        "    if written is not None:\n        raise appointment_invoiced()",
        "    if False:\n        raise appointment_invoiced()",
    ),
    fault(
        "ledger: an entry balances before it is written",
        "tests/ledger/test_journal.py",
        "salon/ledger/services.py",
        "    if off or not entry.postings:\n",
        "    if False:\n",
    ),
    fault(
        "club: a lot is written off only after its days",
        "tests/club/test_wallet.py",
        "salon/club/wallet/services.py",
        " or lot.expires_at is None or lot.expires_at > now:",
        ":",
    ),
    fault(
        "club: nothing is written off by a clock that was set a moment ago",
        "tests/test_clock_moved.py",
        "salon/worker.py",
        " if _watch.steady_for() >= STEADY else 0",
    ),
)

WRITING = (
    fault(
        "SQLite: whoever writes waits for whoever writes",
        "tests/test_meanwhile.py",
        DB,
        '"BEGIN IMMEDIATE" if writes else "BEGIN"',
        '"BEGIN"',
    ),
    fault("SQLite: keys to other tables are kept", "tests/ledger/test_journal.py", DB, ', "foreign_keys=ON"'),
    fault(
        "nothing is written outside a transaction",
        "tests/ledger/test_journal.py::test_nothing_is_written_outside_a_transaction",
        DB,
        '    event.listen(engine, "before_cursor_execute", _refuse_statements_outside_transaction)\n',
    ),
    fault(
        "transactions do not nest",
        "tests/core/test_db.py",
        DB,
        '    if session.info.get("salon_writing"):\n        raise RuntimeError("transactions do not nest")\n',
    ),
    fault(
        "what fails is taken back",
        "tests/core/test_db.py",
        DB,
        "    except BaseException:\n        session.rollback()\n        raise\n",
        "    except BaseException:\n        session.commit()\n        raise\n",
    ),
)

ACCESSES = (
    fault("access: asked before every view", "tests/test_routes.py", ACCESS, "    app.before_request(_admit)\n"),
    fault(
        "access: the permission is asked for",
        "tests/test_permissions.py tests/access/test_views.py",
        ACCESS,
        "        if permission not in permissions_of(current_user.role):\n            return _own_room()\n",
    ),
    fault(
        "access: a route that declares nothing is closed",
        "tests/access/test_views.py",
        ACCESS,
        '        raise RuntimeError(f"{request.endpoint} declares no permission")\n',
        "        return None\n",
    ),
    fault(
        "forged forms are refused",
        "tests/access/test_views.py",
        ACCESS,
        "        _csrf.protect(apply_exemptions=True)\n",
        "        pass\n",
    ),
    fault(
        "forged forms: a made-up token is no token",
        "tests/access/test_views.py",
        ACCESS,
        "not (by_token and current_user.is_authenticated)",
        "not by_token",
    ),
    fault(
        "forged forms: a session at the API sends its form token",
        "tests/access/test_views.py",
        ACCESS,
        "not (by_token and current_user.is_authenticated)",
        'not request.path.startswith("/api/")',
    ),
    fault(
        "a token goes before a session",
        "tests/access/test_views.py",
        ACCESS,
        "    if by_token:\n        g._login_user",
        "    if False:\n        g._login_user",
    ),
    fault("guessing passwords is stopped", "tests/access/test_views.py", ACCESS, "        _count_wrong_guess()\n"),
    fault(
        "guessing passwords: right ones are not counted",
        "tests/access/test_views.py",
        ACCESS,
        "    user = user_by_name(form.name.data or",
        "    _count_wrong_guess()\n    user = user_by_name(form.name.data or",
    ),
    fault(
        "a wrong password is refused",
        "tests/access/test_views.py",
        ACCESS,
        'if not check_password(user, form.password.data or ""):',
        "if user is None:",
    ),
    fault(
        "login leads nowhere outside",
        "tests/access/test_views.py",
        ACCESS,
        'if is_safe_path(asked) and asked != "/":',
        'if asked != "/":',
    ),
    fault(
        "the cookie is out of reach of scripts",
        "tests/access/test_views.py",
        ACCESS,
        "SESSION_COOKIE_HTTPONLY=True",
        "SESSION_COOKIE_HTTPONLY=False",
    ),
    fault(
        "the cookie stays in the house",
        "tests/access/test_views.py",
        ACCESS,
        '        SESSION_COOKIE_SAMESITE="Lax",\n',
    ),
    fault(
        "a session outlives a clock that is set back",
        "tests/test_clock_moved.py::test_who_is_logged_in_stays_so_when_the_clock_is_set_back",
        ACCESS,
        "class _Sessions(PatientSessions):",
        "from flask.sessions import SecureCookieSessionInterface\n\n\nclass _Sessions(SecureCookieSessionInterface):",
    ),
    fault(
        "a revoked token names nobody",
        "tests/access/test_services.py",
        USERS,
        ", ApiToken.revoked_at.is_(None)\n",
        "\n",
    ),
    fault(
        "a locked user has neither token nor session",
        "tests/access/test_services.py",
        USERS,
        "for field in fields(KnownUser))).where(User.active)",
        "for field in fields(KnownUser)))",
    ),
    fault(
        "a new password ends other sessions",
        "tests/access/test_services.py",
        USERS,
        "found if found is not None and found.get_id() == remembered else None",
        "found",
    ),
    fault(
        "a token is compared whole",
        "tests/access/test_services.py tests/access/test_views.py",
        USERS,
        'ApiToken.token_hash == bindparam("token_hash")',
        'bindparam("token_hash") != ""',
    ),
)

SENDING = (
    fault(
        "a message that somebody sends is left to her",
        "tests/messaging/test_jobs.py",
        OUTBOX_READ,
        "            OutboxMessage.lease_until > now + LEASE,  # the clock was set back\n",
        "            OutboxMessage.lease_until > now,\n",
    ),
    fault(
        "a late worker does not undo what another recorded",
        "tests/messaging/test_jobs.py",
        OUTBOX,
        "        OutboxMessage.attempts == claim.attempt,\n",
    ),
    fault(
        "a message that was sent is not sent again",
        "tests/messaging/test_jobs.py",
        OUTBOX_READ,
        "        OutboxMessage.state.in_(states_before(MessageState.SENDING)),\n",
    ),
    fault(
        "a text is sent under its own number",
        "tests/messaging/test_kavenegar.py",
        "salon/messaging/gateways/kavenegar.py",
        ', "localid": str(message.id)}',
        "}",
        engine="",
    ),
)

YEARS = (
    fault(
        "closing: a known key closes once",
        "tests/years/test_services.py::test_closing_twice_is_refused_and_a_key_sent_again_gives_the_same_answer",
        YEAR_ACTS,
        '    if _is_done(key, year, ActKind.CLOSED, ""):\n        return year\n',
    ),
    fault(
        "closing: what is pending comes first",
        "tests/years/test_services.py",
        YEAR_ACTS,
        "    if found:\n        raise year_unready(told(found))\n",
    ),
    fault(
        "closing: the oldest year comes first",
        "tests/years/test_services.py",
        YEAR_ACTS,
        "    if earlier is not None:\n        raise year_order(_shown(earlier.jalali_year))\n",
    ),
    fault(
        "reopening: the latest year comes first",
        "tests/years/test_services.py",
        YEAR_ACTS,
        "    if later is not None:\n        raise year_order(_shown(later.jalali_year))\n",
    ),
    fault(
        "reports: a closing is nothing that happened in its year",
        "tests/reports/test_years.py",
        "salon/reports/books/queries.py",
        "_TELLS = _BEFORE | (Entry.kind != CLOSING)",
        "_TELLS = _BEFORE | (Entry.kind != CLOSING.upper())",
    ),
)

NAMED = (*MONEY, *WRITING, *ACCESSES, *SENDING, *YEARS, *PAY)
